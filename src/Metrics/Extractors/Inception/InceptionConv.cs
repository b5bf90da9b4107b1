namespace Dfx.Metrics.Extractors.Inception;

/// <summary>One convolution without bias, batch norm and ReLU of the network.</summary>
/// <param name="Name">The prefix of its tensors' names.</param>
/// <param name="Inputs">Channels in.</param>
/// <param name="Outputs">Channels out.</param>
/// <param name="Height">Of the kernel.</param>
/// <param name="Width">Of the kernel.</param>
/// <param name="Stride">In both directions.</param>
/// <param name="Padded">Whether zeros around the image keep its size (at stride 1).</param>
internal sealed record InceptionConv(string Name, int Inputs, int Outputs, int Height, int Width, int Stride, bool Padded)
{
    /// <summary>Zeros above and below, left and right.</summary>
    public long[] Padding => Padded ? [Height / 2, Width / 2] : [0, 0];

    /// <summary>Names and shapes of its five tensors.</summary>
    public IEnumerable<(string Name, long[] Shape)> Tensors =>
    [
        (Weight, [Outputs, Inputs, Height, Width]),
        (Scale, [Outputs]),
        (Shift, [Outputs]),
        (Mean, [Outputs]),
        (Variance, [Outputs]),
    ];

    public string Weight => Name + ".conv.weight";

    public string Scale => Name + ".bn.weight";

    public string Shift => Name + ".bn.bias";

    public string Mean => Name + ".bn.running_mean";

    public string Variance => Name + ".bn.running_var";
}

/// <summary>A 3x3 pool.</summary>
internal enum InceptionPool
{
    /// <summary>None.</summary>
    None,

    /// <summary>The mean of the pixels that are there: padding does not count.</summary>
    Average,

    /// <summary>The maximum at stride 1.</summary>
    Maximum,

    /// <summary>The maximum at stride 2 without padding.</summary>
    Halving,
}

/// <summary>A pool, then convolutions in turn, then others side by side on the result.</summary>
internal sealed record InceptionBranch(InceptionPool Pool, IReadOnlyList<InceptionConv> Chain, IReadOnlyList<InceptionConv> Fork);

/// <summary>Branches on one input, whose results are joined in order along the channels.</summary>
internal sealed record InceptionStage(string Name, IReadOnlyList<InceptionBranch> Branches)
{
    /// <summary>All its convolutions.</summary>
    public IEnumerable<InceptionConv> Convolutions => Branches.SelectMany(branch => branch.Chain.Concat(branch.Fork));
}
