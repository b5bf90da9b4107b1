using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>
/// Builds on a trained denoiser: fits how large its squared error is at one noise level, and says that number as its variance.
/// </summary>
[Method("test-calibrated", "Calibrated", NeedsSource = true)]
public sealed class CalibratedMethod : IMethod<IVarianceDenoiser>
{
    private const double Level = 1;

    public IVarianceDenoiser Train(TrainingContext context)
    {
        using var scope = torch.NewDisposeScope();
        var (model, settings) = (context.Model, context.Settings);
        var errors = context.Host.Store.Stored("errors", () => Errors(context));
        context.Host.Report(settings.Steps, settings.Steps);
        var calibrated = new Calibrated((IDenoiser)model.Source!, errors["error"].mean().ToDouble());
        foreach (var fraction in settings.Checkpoints)
        {
            context.Host.Keep(fraction, calibrated.ToCheckpoint());
        }

        return calibrated;
    }

    public IVarianceDenoiser Load(Checkpoint checkpoint, ModelContext context) =>
        new Calibrated((IDenoiser)context.Source!, checkpoint.Tensors["error"].ToDouble());

    private static Dictionary<string, torch.Tensor> Errors(TrainingContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var (data, source) = (context.Model.Data, (IDenoiser)context.Model.Source!);
        var clean = data.Read(Split.Train, context.Noise("image").Integers(0, data.Count(Split.Train), 64)).to(torch.float64, context.Model.Device);
        var noise = context.Noise("noise").Normal(0, clean.shape).to(torch.float64);
        using var grad = torch.no_grad();
        var error = source.Denoise(clean + noise * Level, torch.full([clean.shape[0]], Level, torch.float64, clean.device)) - clean;
        return new() { ["error"] = (error * error).cpu() };
    }

    private sealed class Calibrated(IDenoiser source, double error) : IVarianceDenoiser
    {
        private readonly torch.Tensor _error = torch.tensor(error).DetachFromDisposeScope();

        public INoiseSchedule Schedule => source.Schedule;

        public DataShape Shape => source.Shape;

        public IReadOnlyList<NetworkCard> Networks => source.Networks;

        public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => source.Denoise(x, sigma, condition);

        public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) =>
            (source.Denoise(x, sigma, condition), torch.full_like(x, error));

        public torch.Tensor Prior(double level, SampleNoise noise) => source.Prior(level, noise);

        public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor> { ["error"] = _error });

        /// <summary>The source belongs to the host.</summary>
        public void Dispose() => _error.Dispose();
    }
}
