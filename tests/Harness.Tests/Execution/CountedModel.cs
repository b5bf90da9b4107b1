using Dfx.Diffusion;
using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>A denoiser whose calls run networks as a test likes, on levels of its own.</summary>
/// <param name="networks">What it says of its networks.</param>
/// <param name="run">Runs them on a batch.</param>
/// <param name="prior">Runs them for a start; null if it needs none.</param>
internal class CountedModel(IReadOnlyList<NetworkCard> networks, Action<torch.Tensor> run, Action<torch.Tensor>? prior = null) : IDenoiser, INoiseSchedule
{
    public INoiseSchedule Schedule => this;

    public double SigmaMin => 0.1;

    public double SigmaMax => 10;

    public int? Steps { get; init; }

    public DataShape Shape { get; } = new(1, 8, 8);

    public IReadOnlyList<NetworkCard> Networks => networks;

    public double Scale(double t) => 1;

    public double Sigma(double t) => t;

    public double Time(double sigma) => sigma;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        run(x);
        return x * 0.5;
    }

    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        var x = noise.Normal();
        prior?.Invoke(x);
        return x.mul_(level);
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>The same with a variance that a second network computes.</summary>
internal sealed class CountedVarianceModel(IReadOnlyList<NetworkCard> networks, Action<torch.Tensor> run, Action<torch.Tensor> second) : CountedModel(networks, run), IVarianceDenoiser
{
    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        second(x);
        return (Denoise(x, sigma, condition), torch.ones([1, 1, 1, 1], x.dtype));
    }
}

/// <summary>Equal levels, and as many calls of the model at each as a test likes.</summary>
internal sealed class CallingSampler(int calls = 1, Action? levels = null, Action<torch.Tensor>? beside = null) : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        levels?.Invoke();
        return [.. Enumerable.Range(0, nfe).Select(i => 10.0 - (9.0 * i / nfe)), 0];
    }

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, sigma, _) in request.Steps())
        {
            for (var i = 0; i < calls; i++)
            {
                x = model.Denoise(x, request.Fill(sigma));
            }

            beside?.Invoke(x);
        }

        return x;
    }
}

/// <summary>One step, which a test makes with the model that it likes.</summary>
internal sealed class KeepingSampler(Func<IDenoiser, torch.Tensor, torch.Tensor> step) : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => [10, 0];

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => step(model, request.Start);
}

/// <summary>One call a level, of the mean with its variance.</summary>
internal sealed class VarianceSampler : ISampler<IVarianceDenoiser>
{
    public IReadOnlyList<double> Levels(IVarianceDenoiser model, int nfe) => new CallingSampler().Levels(model, nfe);

    public torch.Tensor Sample(IVarianceDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, sigma, _) in request.Steps())
        {
            x = model.DenoiseWithVariance(x, request.Fill(sigma)).Mean;
        }

        return x;
    }
}

/// <summary>A correction that does with a request what a test likes.</summary>
internal sealed class CountedCorrection(NetworkCard? network, Action<CorrectionRequest> run) : ITrainedCorrection
{
    public NetworkCard? Network => network;

    public int StopIndex(IReadOnlyList<double> sigmas) => sigmas.Count - 2;

    public torch.Tensor Apply(CorrectionRequest request)
    {
        run(request);
        return request.State.clone();
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose()
    {
    }
}

/// <summary>The networks of a job: made in its contexts, so that they report to its meter.</summary>
internal static class CountedNetworks
{
    internal static UNet Network(this JobDesk desk, NetworkRole role = NetworkRole.Main, NetworkOwner owner = NetworkOwner.Model, int channels = 4)
    {
        var context = desk.ModelContext with { Network = new() { Family = "light", Channels = channels, Multipliers = [1, 2], Blocks = 1 }, Meter = desk.Meter.Of(owner) };
        var network = UNets.For(context, "second", role: role);
        network.eval();
        return network;
    }

    internal static void Evaluate(this UNet network, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        _ = network.call(x.to(torch.ScalarType.Float32), torch.zeros(x.shape[0]), null);
    }
}
