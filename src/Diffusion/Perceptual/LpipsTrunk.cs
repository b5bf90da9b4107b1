namespace Dfx.Diffusion;

/// <summary>One convolution of a trunk, with its ReLU.</summary>
/// <param name="Index">Its number in torchvision's <c>features</c>.</param>
/// <param name="Inputs">Channels in.</param>
/// <param name="Outputs">Channels out.</param>
/// <param name="Kernel">Height and width.</param>
/// <param name="Stride">In both directions.</param>
/// <param name="Padding">Zeros on each side.</param>
/// <param name="Pooled">Whether the image is halved before it.</param>
/// <param name="Tapped">Whether its result is compared.</param>
internal sealed record LpipsConv(int Index, int Inputs, int Outputs, int Kernel, int Stride, int Padding, bool Pooled, bool Tapped)
{
    /// <summary>The name of its weights in torchvision's file.</summary>
    public string Weight => $"features.{Index}.weight";

    /// <summary>The name of its biases.</summary>
    public string Bias => $"features.{Index}.bias";
}

/// <summary>The convolutions of a classifier up to the last ReLU that LPIPS looks at.</summary>
/// <param name="Name">Torchvision's name of it, under which the user adds its weights.</param>
/// <param name="Window">The side of what it pools, at stride 2.</param>
/// <param name="Digests">How the SHA-256 of torchvision's file may begin, which is in the file's name.</param>
/// <param name="Layers">The convolutions in order.</param>
internal sealed record LpipsTrunk(string Name, int Window, IReadOnlyList<string> Digests, IReadOnlyList<LpipsConv> Layers)
{
    /// <summary>Whether it pools by the mean, as piq's variant does, and not by the maximum, as the classifier was trained.</summary>
    public bool Averages { get; init; }

    /// <summary>VGG-16 (Simonyan and Zisserman 2015), tapped after relu1_2, 2_2, 3_3, 4_3 and 5_3.</summary>
    public static LpipsTrunk Vgg16 { get; } = new("vgg16", 2, ["397923af"],
    [
        Vgg(0, 3, 64), Vgg(2, 64, 64, tapped: true),
        Vgg(5, 64, 128, pooled: true), Vgg(7, 128, 128, tapped: true),
        Vgg(10, 128, 256, pooled: true), Vgg(12, 256, 256), Vgg(14, 256, 256, tapped: true),
        Vgg(17, 256, 512, pooled: true), Vgg(19, 512, 512), Vgg(21, 512, 512, tapped: true),
        Vgg(24, 512, 512, pooled: true), Vgg(26, 512, 512), Vgg(28, 512, 512, tapped: true),
    ]);

    /// <summary>AlexNet in one column (Krizhevsky 2014), tapped after each of its five ReLUs.</summary>
    public static LpipsTrunk AlexNet { get; } = new("alexnet", 3, ["7be5be79", "4df8aa71"],
    [
        new(0, 3, 64, 11, 4, 2, Pooled: false, Tapped: true),
        new(3, 64, 192, 5, 1, 2, Pooled: true, Tapped: true),
        new(6, 192, 384, 3, 1, 1, Pooled: true, Tapped: true),
        new(8, 384, 256, 3, 1, 1, Pooled: false, Tapped: true),
        new(10, 256, 256, 3, 1, 1, Pooled: false, Tapped: true),
    ]);

    /// <summary>Channels of the tapped layers.</summary>
    public IReadOnlyList<int> Taps => [.. Layers.Where(layer => layer.Tapped).Select(layer => layer.Outputs)];

    /// <summary>The name of a head's weights [1, C, 1, 1] in LPIPS's own file.</summary>
    public static string Head(int tap) => $"lin{tap}.model.1.weight";

    private static LpipsConv Vgg(int index, int inputs, int outputs, bool pooled = false, bool tapped = false) =>
        new(index, inputs, outputs, 3, 1, 1, pooled, tapped);
}
