package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.formats.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the example out of the README, compiles it, runs it, and looks at what it leaves behind. */
@Tag("once")
class ReadmeTest {
    private static final String IMPORTS = """
            import dev.lanes.formats.*;
            import dev.lanes.layers.data.*;
            import dev.lanes.layers.inference.*;
            import dev.lanes.layers.nn.*;
            import dev.lanes.layers.optimisers.*;
            import dev.lanes.layers.random.*;
            import dev.lanes.layers.training.*;
            import dev.lanes.numerics.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.stream.*;
            """;

    @TempDir
    private Path folder;

    @Test
    void should_compile_and_run_the_example() throws IOException, InterruptedException {
        Matcher block = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(readme()));
        assertTrue(block.find(), "the README has no Java example");
        Path source = Files.writeString(
                folder.resolve("Example.java"),
                IMPORTS + "class Example { public static void main(String[] args) throws Exception {\n" + block.group(1)
                        + "}}\n");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), output);
        assertTrue(output.contains("test accuracy 1.0"), output);
        assertTrue(output.contains("scores of the first image ["), output);
        assertEquals(
                List.of("conv.weight", "conv.bias", "fc.weight", "fc.bias"),
                List.copyOf(Safetensors.read(folder.resolve("stripes.safetensors"))
                        .tensors()
                        .keySet()));
    }

    private static Path readme() {
        Path here = Path.of("README.md");
        return Files.exists(here) ? here : Path.of("..", "README.md");
    }
}
