using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>Multiplies a state by one number, and by another that is no part of its checkpoint.</summary>
internal sealed class Shrink(double factor, double stop, double gain = 1) : ITrainedCorrection
{
    private readonly torch.Tensor _factor = torch.tensor(factor).DetachFromDisposeScope();

    public NetworkCard? Network { get; } = new("shrink", 1) { Role = NetworkRole.Auxiliary };

    public int StopIndex(IReadOnlyList<double> sigmas)
    {
        var index = Enumerable.Range(0, sigmas.Count).LastOrDefault(i => sigmas[i] >= stop, 0);
        return index > 0
            ? index
            : throw new NotApplicableException($"The sampler has no level of {stop} or more after its first.");
    }

    public torch.Tensor Apply(CorrectionRequest request)
    {
        using var noGrad = torch.no_grad();
        return request.State * (factor * gain);
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor> { ["factor"] = _factor });

    public void Dispose() => _factor.Dispose();
}
