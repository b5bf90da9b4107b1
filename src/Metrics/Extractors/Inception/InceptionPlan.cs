namespace Dfx.Metrics.Extractors.Inception;

/// <summary>
/// The Inception-v3 of 5 December 2015 that FID is defined by (Szegedy et al. 2016; Heusel et al. 2017), as data. It differs from
/// torchvision's in its pools, in the batch norm's epsilon and in the 1008 classes.
/// </summary>
/// <remarks>Layer names and tensor names are those of toshas/torch-fidelity and mseitzer/pytorch-fid.</remarks>
internal static class InceptionPlan
{
    public const int Side = 299;
    public const int Classes = 1008;

    /// <summary>What the batch norms add to the variance.</summary>
    public const double Epsilon = 1e-3;

    /// <summary>The stages whose means over the image are features, by their number of channels.</summary>
    public static IReadOnlyDictionary<int, string> Layers { get; } =
        new Dictionary<int, string> { [64] = "MaxPool_1", [192] = "MaxPool_2", [768] = "Mixed_6e", [2048] = "Mixed_7c" };

    public static IReadOnlyList<InceptionStage> Stages { get; } =
    [
        Stem("Conv2d_1a_3x3", 3, 32, 3, stride: 2),
        Stem("Conv2d_2a_3x3", 32, 32, 3),
        Stem("Conv2d_2b_3x3", 32, 64, 3, padded: true),
        Halving("MaxPool_1"),
        Stem("Conv2d_3b_1x1", 64, 80, 1),
        Stem("Conv2d_4a_3x3", 80, 192, 3),
        Halving("MaxPool_2"),
        A("Mixed_5b", 192, 32),
        A("Mixed_5c", 256, 64),
        A("Mixed_5d", 288, 64),
        B("Mixed_6a", 288),
        C("Mixed_6b", 128),
        C("Mixed_6c", 160),
        C("Mixed_6d", 160),
        C("Mixed_6e", 192),
        D("Mixed_7a", 768),
        E("Mixed_7b", 1280, InceptionPool.Average),
        E("Mixed_7c", 2048, InceptionPool.Maximum),
    ];

    /// <summary>Names and shapes of all 472 tensors.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Tensors =>
    [
        .. Stages.SelectMany(stage => stage.Convolutions).SelectMany(convolution => convolution.Tensors),
        ("fc.weight", [Classes, 2048]),
        ("fc.bias", [Classes]),
    ];

    private static InceptionStage Stem(string name, int inputs, int outputs, int kernel, int stride = 1, bool padded = false) =>
        new(name, [new(InceptionPool.None, [new(name, inputs, outputs, kernel, kernel, stride, padded)], [])]);

    private static InceptionStage Halving(string name) => new(name, [new(InceptionPool.Halving, [], [])]);

    private static InceptionStage A(string name, int inputs, int pooled) => new(name,
    [
        Chain(name, inputs, ("branch1x1", 64, 1, 1)),
        Chain(name, inputs, ("branch5x5_1", 48, 1, 1), ("branch5x5_2", 64, 5, 5)),
        Chain(name, inputs, ("branch3x3dbl_1", 64, 1, 1), ("branch3x3dbl_2", 96, 3, 3), ("branch3x3dbl_3", 96, 3, 3)),
        Pooled(name, inputs, pooled, InceptionPool.Average),
    ]);

    private static InceptionStage B(string name, int inputs) => new(name,
    [
        HalvingLast(Chain(name, inputs, ("branch3x3", 384, 3, 3))),
        HalvingLast(Chain(name, inputs, ("branch3x3dbl_1", 64, 1, 1), ("branch3x3dbl_2", 96, 3, 3), ("branch3x3dbl_3", 96, 3, 3))),
        new(InceptionPool.Halving, [], []),
    ]);

    private static InceptionStage C(string name, int width) => new(name,
    [
        Chain(name, 768, ("branch1x1", 192, 1, 1)),
        Chain(name, 768, ("branch7x7_1", width, 1, 1), ("branch7x7_2", width, 1, 7), ("branch7x7_3", 192, 7, 1)),
        Chain(
            name, 768, ("branch7x7dbl_1", width, 1, 1), ("branch7x7dbl_2", width, 7, 1), ("branch7x7dbl_3", width, 1, 7),
            ("branch7x7dbl_4", width, 7, 1), ("branch7x7dbl_5", 192, 1, 7)),
        Pooled(name, 768, 192, InceptionPool.Average),
    ]);

    private static InceptionStage D(string name, int inputs) => new(name,
    [
        HalvingLast(Chain(name, inputs, ("branch3x3_1", 192, 1, 1), ("branch3x3_2", 320, 3, 3))),
        HalvingLast(Chain(
            name, inputs, ("branch7x7x3_1", 192, 1, 1), ("branch7x7x3_2", 192, 1, 7), ("branch7x7x3_3", 192, 7, 1), ("branch7x7x3_4", 192, 3, 3))),
        new(InceptionPool.Halving, [], []),
    ]);

    private static InceptionStage E(string name, int inputs, InceptionPool pool) => new(name,
    [
        Chain(name, inputs, ("branch1x1", 320, 1, 1)),
        Forked(Chain(name, inputs, ("branch3x3_1", 384, 1, 1)), $"{name}.branch3x3_2"),
        Forked(Chain(name, inputs, ("branch3x3dbl_1", 448, 1, 1), ("branch3x3dbl_2", 384, 3, 3)), $"{name}.branch3x3dbl_3"),
        Pooled(name, inputs, 192, pool),
    ]);

    private static InceptionBranch Chain(string block, int inputs, params (string Name, int Outputs, int Height, int Width)[] layers)
    {
        var convolutions = new List<InceptionConv>();
        foreach (var (name, outputs, height, width) in layers)
        {
            convolutions.Add(new($"{block}.{name}", inputs, outputs, height, width, 1, Padded: true));
            inputs = outputs;
        }

        return new(InceptionPool.None, convolutions, []);
    }

    private static InceptionBranch Pooled(string block, int inputs, int outputs, InceptionPool pool) =>
        Chain(block, inputs, ("branch_pool", outputs, 1, 1)) with { Pool = pool };

    private static InceptionBranch HalvingLast(InceptionBranch branch) =>
        branch with { Chain = [.. branch.Chain.SkipLast(1), branch.Chain[^1] with { Stride = 2, Padded = false }] };

    // A row and a column of three on the same input.
    private static InceptionBranch Forked(InceptionBranch branch, string name) =>
        branch with { Fork = [new(name + "a", 384, 384, 1, 3, 1, Padded: true), new(name + "b", 384, 384, 3, 1, 1, Padded: true)] };
}
