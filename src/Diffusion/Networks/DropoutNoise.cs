using Dfx.Numerics.Noise;

namespace Dfx.Diffusion;

/// <summary>The masks of dropout, as a function of seed, step and place, so that an interrupted run goes on with the same ones.</summary>
internal sealed class DropoutNoise(ulong seed, string purpose, double probability)
{
    private readonly NoiseKey _key = NoiseKey.For(seed, purpose);
    private uint _step;
    private uint _mask;

    internal void AtStep(long step) => (_step, _mask) = (checked((uint)step), 0);

    /// <summary>Sets elements to 0 with the probability and scales the others, so that the mean stays.</summary>
    internal torch.Tensor Apply(torch.Tensor x, bool training)
    {
        if (!training || probability == 0)
        {
            return x;
        }

        using var scope = torch.NewDisposeScope();
        var uniforms = new float[x.numel()];
        NoiseSource.Uniforms(_key, _mask++, _step, uniforms);
        var kept = torch.tensor(uniforms, x.shape).to(x.device).ge(probability).to(x.dtype);
        return scope.MoveToOuter(x * kept.mul_(1 / (1 - probability)));
    }
}
