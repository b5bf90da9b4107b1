using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>How small versions of the input enter the way down.</summary>
internal enum EncoderKind
{
    /// <summary>Not at all.</summary>
    Standard,

    /// <summary>The halved input is projected and added.</summary>
    Skip,

    /// <summary>A convolution of the larger level's features is halved and averaged in.</summary>
    Residual,
}

/// <summary>Where the output is made on the way up.</summary>
internal enum DecoderKind
{
    /// <summary>At full resolution.</summary>
    Standard,

    /// <summary>At every resolution, as a sum of enlarged images.</summary>
    Skip,
}

/// <summary>What tells the networks of Song et al. 2021 apart (table 1 of Karras et al. 2022).</summary>
internal sealed record SongOptions
{
    /// <summary>Random Fourier features of the noise label rather than a positional embedding.</summary>
    internal bool Fourier { get; init; }

    /// <summary>Waves of the noise label, as a multiple of the channels.</summary>
    internal int NoiseMultiplier { get; init; } = 1;

    internal EncoderKind Encoder { get; init; }

    internal DecoderKind Decoder { get; init; }

    /// <summary>The taps that halve and double.</summary>
    internal ImmutableArray<double> Taps { get; init; } = [1, 1];

    internal static SongOptions Ddpmpp { get; } = new();

    internal static SongOptions Ncsnpp { get; } = new() { Fourier = true, NoiseMultiplier = 2, Encoder = EncoderKind.Residual, Taps = [1, 3, 3, 1] };
}
