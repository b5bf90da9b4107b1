using System.Collections.Immutable;

namespace Dfx.Sdk;

/// <summary>The network of a matrix: a U-Net by its family and size.</summary>
public sealed record NetworkSettings
{
    /// <summary>
    /// The family: <c>ddpmpp</c> and <c>ncsnpp</c> (Song et al. 2021) and <c>adm</c> (Dhariwal and Nichol 2021) are U-Nets as EDM builds them;
    /// <c>light</c> is a small one for corrections and second networks.
    /// </summary>
    public string Family { get; init; } = "ddpmpp";

    /// <summary>Channels at full resolution, a multiple of 4.</summary>
    public int Channels { get; init; } = 32;

    /// <summary>Channels at each resolution, as multiples of <see cref="Channels"/>; every entry but the last is followed by a halving.</summary>
    public ImmutableArray<int> Multipliers { get; init; } = [1, 2, 2];

    /// <summary>Residual blocks at each resolution.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>Resolutions, in pixels, whose blocks have self-attention.</summary>
    public ImmutableArray<int> Attention { get; init; } = [];

    /// <summary>The dropout probability in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>Whether two settings ask for the same network: arrays by their items.</summary>
    public bool Equals(NetworkSettings? other) =>
        other is not null && Family == other.Family && Channels == other.Channels && Blocks == other.Blocks && Dropout.Equals(other.Dropout)
        && Multipliers.AsSpan().SequenceEqual(other.Multipliers.AsSpan()) && Attention.AsSpan().SequenceEqual(other.Attention.AsSpan());

    /// <summary>A hash that agrees with <see cref="Equals(NetworkSettings?)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(Family, Channels, Blocks, Dropout, Multipliers.AsSpan().Length, Attention.AsSpan().Length);
}
