using Dfx.Numerics;
using Dfx.Numerics.Noise;

namespace Dfx.Diffusion;

/// <summary>The masks of dropout, as a function of seed, step and place, so that an interrupted run goes on with the same ones.</summary>
internal sealed class DropoutNoise(ulong seed, string purpose, double probability)
{
    private const int MasksPerUpdate = 1 << 16;

    private readonly NoiseKey _key = NoiseKey.For(seed, purpose);
    private uint _step;
    private uint _mask;
    private int _part;

    internal void AtStep(long step, int part, int update) =>
        (_step, _part, _mask) = (checked((uint)step), part, checked((uint)(update * MasksPerUpdate)));

    /// <summary>Sets elements to 0 with the probability and scales the others, so that the mean stays.</summary>
    internal torch.Tensor Apply(torch.Tensor x, bool training)
    {
        if (!training || probability == 0)
        {
            return x;
        }

        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(x * Kept(x.shape, x.device).to(x.dtype).mul_(1 / (1 - probability)));
    }

    /// <summary>Sets whole rows of [N, …] to 0 with the probability; the others stay as they are.</summary>
    internal torch.Tensor Hide(torch.Tensor rows, bool training)
    {
        if (!training || probability == 0)
        {
            return rows;
        }

        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(rows * Kept([rows.shape[0], 1], rows.device).to(rows.dtype));
    }

    private torch.Tensor Kept(long[] shape, torch.Device device)
    {
        var uniforms = new float[shape.Aggregate(1L, (a, b) => a * b)];
        NoiseSource.Uniforms(_key, _mask++, _step, uniforms, (long)_part * uniforms.Length);
        return torch.tensor(uniforms, shape).OnDevice(device).ge(probability);
    }
}
