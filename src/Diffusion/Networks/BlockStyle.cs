using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>How a family builds its residual blocks. Constants of EDM's published networks, except for <see cref="Light"/>.</summary>
internal sealed record BlockStyle
{
    /// <summary>What is multiplied with after a residual path was added.</summary>
    internal double SkipScale { get; private init; } = 1;

    /// <summary>What group norms add to the variance.</summary>
    internal double Epsilon { get; private init; } = 1e-5;

    /// <summary>Whether the embedded noise level scales and shifts normalised features; otherwise it is added before the norm.</summary>
    internal bool ScalesAndShifts { get; private init; } = true;

    /// <summary>Whether the shortcut of a block that halves or doubles has a convolution even if the channels stay.</summary>
    internal bool ProjectsResampled { get; private init; }

    /// <summary>The taps that halve and double.</summary>
    internal ImmutableArray<double> Taps { get; private init; } = [1, 1];

    /// <summary>Attention heads by channels; 0 for no attention.</summary>
    internal Func<int, int> Heads { get; private init; } = channels => channels / ChannelsPerHead;

    /// <summary>Groups of a norm by channels.</summary>
    internal Func<int, int> Groups { get; private init; } = channels => Math.Min(32, channels / 4);

    /// <summary>ADM (Dhariwal and Nichol 2021): scale and shift, heads of 64 channels.</summary>
    internal static BlockStyle Adm { get; } = new();

    /// <summary>As ADM, with 4 groups in every norm.</summary>
    internal static BlockStyle Light { get; } = new() { Groups = _ => 4 };

    private static int ChannelsPerHead => 64;

    /// <summary>DDPM++ and NCSN++ (Song et al. 2021): the level is added, sums are scaled by √(1/2), one head.</summary>
    internal static BlockStyle Song(ImmutableArray<double> taps) => new()
    {
        SkipScale = Math.Sqrt(0.5),
        Epsilon = 1e-6,
        ScalesAndShifts = false,
        ProjectsResampled = true,
        Taps = taps,
        Heads = _ => 1,
    };
}
