using System.Collections.Immutable;
using Dfx.Numerics;

namespace Dfx.SoftDiffusion;

/// <summary>
/// How corruption and noise grow with t in [0, 1] (Daras et al. 2023, sections 3.3 and 4). Up to t_A there is noise alone, whose sigma rises geometrically;
/// from there on sigma is constant, and the level of the corruption goes linearly from node to node.
/// </summary>
/// <param name="Nodes">Levels of the corruption, none below the one before it, at equal distances of t from t_A to 1; at least 2.</param>
/// <param name="SigmaMin">sigma just above t = 0, for images in [0, 1].</param>
/// <param name="SigmaMax">The largest sigma, at least <paramref name="SigmaMin"/>.</param>
/// <param name="Share">t_A, in (0, 1).</param>
/// <param name="ChangingNoise">Whether sigma rises geometrically up to t = 1 instead (appendix F.1.1).</param>
public sealed record SoftSchedule(
    ImmutableArray<double> Nodes, double SigmaMin = 0.01, double SigmaMax = 0.1, double Share = 0.18, bool ChangingNoise = false)
{
    // Where sigma ends to rise.
    private double Risen => ChangingNoise ? 1 : Share;

    /// <summary>sigma, for images in [0, 1].</summary>
    /// <param name="t">In [0, 1]; sigma is 0 at 0 and <see cref="SigmaMin"/> just above it.</param>
    public double Sigma(double t) => t <= 0 ? 0 : t >= Risen ? SigmaMax : SigmaMin * Math.Pow(SigmaMax / SigmaMin, t / Risen);

    /// <summary>The level of the corruption.</summary>
    /// <param name="t">In [0, 1].</param>
    public double Level(double t)
    {
        var place = Math.Clamp((t - Share) / (1 - Share), 0, 1) * (Nodes.Length - 1);
        var node = Math.Min((int)place, Nodes.Length - 2);
        var part = place - node;
        return (Nodes[node] * (1 - part)) + (Nodes[node + 1] * part);
    }

    /// <summary>The t at a part, from 0 to 1, of the way from t_A to 1.</summary>
    internal double Growing(double part) => (Share * (1 - part)) + part;

    /// <summary><see cref="Sigma(double)"/> of every row.</summary>
    /// <param name="t">[N], float64.</param>
    /// <returns>A new tensor like t.</returns>
    public torch.Tensor Sigmas(torch.Tensor t)
    {
        ArgumentNullException.ThrowIfNull(t);
        using var scope = torch.NewDisposeScope();
        var rising = (t * (Math.Log(SigmaMax / SigmaMin) / Risen)).exp_().mul_(SigmaMin);
        return scope.MoveToOuter(rising.masked_fill_(t.ge(Risen), SigmaMax).masked_fill_(t.le(0), 0));
    }

    /// <summary><see cref="Level(double)"/> of every row.</summary>
    /// <param name="t">[N], float64.</param>
    /// <returns>A new tensor like t.</returns>
    public torch.Tensor Levels(torch.Tensor t)
    {
        ArgumentNullException.ThrowIfNull(t);
        using var scope = torch.NewDisposeScope();
        var nodes = torch.tensor(Nodes.AsSpan().ToArray()).OnDevice(t.device);
        var place = (t - Share).div_(1 - Share).clamp_(0, 1).mul_(Nodes.Length - 1);
        var node = place.to(torch.ScalarType.Int64).clamp_max_(Nodes.Length - 2);
        var part = place - node;
        return scope.MoveToOuter((nodes.index_select(0, node) * (1 - part)).add_(nodes.index_select(0, node + 1).mul_(part)));
    }

    /// <summary>Whether two schedules are the same: nodes by their values.</summary>
    public bool Equals(SoftSchedule? other) =>
        other is not null && (SigmaMin, SigmaMax, Share, ChangingNoise) == (other.SigmaMin, other.SigmaMax, other.Share, other.ChangingNoise)
        && Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan());

    /// <summary>A hash that agrees with <see cref="Equals(SoftSchedule?)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(Nodes.Length, SigmaMin, SigmaMax, Share, ChangingNoise);
}
