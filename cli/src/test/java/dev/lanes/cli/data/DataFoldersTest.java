package dev.lanes.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataFoldersTest {
    private final Path home = Path.of("home").toAbsolutePath();
    private final Path elsewhere = Path.of("elsewhere").toAbsolutePath();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void be_a_user_of_linux() {
        properties.put("user.home", home.toString());
        properties.put("os.name", "Linux");
    }

    private List<Path> roots() {
        return DataFolders.of(properties::get, environment::get).roots();
    }

    private static Path inLanes(Path cache) {
        return cache.resolve("lanes").resolve("data");
    }

    @Test
    void should_use_the_cache_of_the_system() {
        assertEquals(List.of(inLanes(home.resolve(".cache"))), roots());
        properties.put("os.name", "Mac OS X");
        assertEquals(List.of(inLanes(home.resolve("Library").resolve("Caches"))), roots());
        properties.put("os.name", "Windows 11");
        assertEquals(List.of(inLanes(home.resolve("AppData").resolve("Local"))), roots());
        environment.put("LOCALAPPDATA", elsewhere.toString());
        assertEquals(List.of(inLanes(elsewhere)), roots());
    }

    @Test
    void should_follow_the_xdg_variable_if_it_is_absolute() {
        environment.put("XDG_CACHE_HOME", elsewhere.toString());
        assertEquals(List.of(inLanes(elsewhere)), roots());
        environment.put("XDG_CACHE_HOME", "relative");
        assertEquals(List.of(inLanes(home.resolve(".cache"))), roots());
    }

    @Test
    void should_look_first_where_the_user_says() {
        environment.put("LANES_DATA", elsewhere.toString());
        assertEquals(List.of(elsewhere, inLanes(home.resolve(".cache"))), roots());
        properties.put("lanes.data", "mine");
        assertEquals(Path.of("mine").toAbsolutePath(), roots().getFirst());
        properties.put("lanes.data", " ");
        assertEquals(elsewhere, roots().getFirst());
        assertEquals(
                elsewhere.resolve("mnist"),
                DataFolders.of(properties::get, environment::get).target("mnist"));
    }
}
