using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>
/// The trained model that an analysis looks at, as a restorer of corrupted images; a denoiser is one whose corruption is noise alone. Images are
/// float64 in [-1, 1], on the run's device.
/// </summary>
/// <param name="model">The model; the host disposes it.</param>
/// <param name="context">Data, device and seed.</param>
internal sealed class AnalysedModel(ICorruptionModel model, AnalysisContext context)
{
    // Images of a call of the network: more need memory and save no time.
    private const int Batch = 64;

    private readonly ICorruption _corruption = model.Corruption;

    /// <summary>The model at the end of its training.</summary>
    /// <exception cref="NotApplicableException">No model is named, or it needs to be told more than a corrupted image.</exception>
    internal static AnalysedModel Of(AnalysisContext context, string analysis)
    {
        Analysed.CheckPlain(context, analysis);
        return new(context.Trained.Select(trained => Corruption(trained.Model)).LastOrDefault(found => found is not null) ?? throw Analysed.NoModel(analysis), context);
    }

    internal ICorruptionModel Model => model;

    /// <summary>What corrupts images beside noise: blur, mask, none, or other.</summary>
    internal string Corrupts => _corruption switch
    {
        SoftCorruption { Operator: GaussianBlur } => "blur",
        SoftCorruption { Operator: Masking } => "mask",
        _ => _corruption.IsIdentity(1) ? "none" : "other",
    };

    /// <summary>The level of the corruption, such as a blur's pixels; null where there is none or nobody knows it.</summary>
    internal double? Level(double t) => (_corruption as SoftCorruption)?.Schedule.Level(t);

    internal double Sigma(double t) => _corruption.Sigma(t);

    /// <summary>The lowest level that the model knows.</summary>
    internal double MinLevel => _corruption.MinLevel;

    /// <summary>Images that no training saw, if the data have such: test images in a random order.</summary>
    /// <param name="purpose">What the random numbers are for.</param>
    /// <param name="count">How many, at most all.</param>
    internal torch.Tensor Unseen(string purpose, int count) => Analysed.Unseen(context.Model, purpose, count, torch.float64);

    /// <summary>Standard normals like images.</summary>
    internal torch.Tensor Noise(string purpose, torch.Tensor like)
    {
        using var normal = context.Model.Noise(purpose).Normal(0, like.shape);
        return normal.to(like.dtype, like.device, copy: true);
    }

    /// <summary>C_t x.</summary>
    internal torch.Tensor Apply(torch.Tensor x, double t)
    {
        using var level = Fill(x, t);
        return _corruption.Apply(x, level);
    }

    /// <summary>C_t x + sigma_t z; x at t = 0.</summary>
    internal torch.Tensor Corrupted(torch.Tensor x, torch.Tensor z, double t) =>
        t > 0 ? Apply(x, t).add_(z, Sigma(t)) : x.clone();

    /// <summary>The model's estimate of the clean images.</summary>
    internal torch.Tensor Restore(torch.Tensor x, double t)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(torch.cat([.. x.split(Batch).Select(part => model.Restore(part, Fill(part, t)))], 0));
    }

    /// <summary>What the Momentum sampler makes of draws from the model's prior.</summary>
    /// <param name="seen">The model, or one that passes on to it.</param>
    /// <param name="purpose">What the random numbers are for.</param>
    /// <param name="nfe">Evaluations an image.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="NotApplicableException">The corruption needs more evaluations.</exception>
    internal torch.Tensor Sample(ICorruptionModel seen, string purpose, int nfe, int first, int count)
    {
        using var scope = torch.NewDisposeScope();
        var sampler = new MomentumSampler(new());
        var levels = sampler.Levels(seen, nfe);
        var noise = new SampleNoise(NoiseKey.For(context.Model.Seed, context.Model.Scope + purpose), first, count, model.Shape, context.Model.Device);
        return scope.MoveToOuter(sampler.Sample(seen, new SamplingRequest
        {
            Nfe = nfe,
            Levels = levels,
            Stop = levels.Count - 1,
            Start = seen.Prior(levels[0], noise),
            Noise = noise,
            Cancellation = context.Cancellation,
        }));
    }

    /// <summary>The same of many samples, in batches; <paramref name="done"/> is told how many are there.</summary>
    internal torch.Tensor Samples(string purpose, int nfe, int count, Action<int> done)
    {
        using var scope = torch.NewDisposeScope();
        List<torch.Tensor> batches = [];
        for (var first = 0; first < count; first += Batch)
        {
            batches.Add(Sample(model, purpose, nfe, first, Math.Min(Batch, count - first)));
            done(Math.Min(first + Batch, count));
        }

        return scope.MoveToOuter(torch.cat(batches, 0));
    }

    private static ICorruptionModel? Corruption(ITrainedModel model) => model as ICorruptionModel ?? (model is IDenoiser denoiser ? new DenoiserAsCorruption(denoiser) : null);

    private static torch.Tensor Fill(torch.Tensor x, double t) => torch.full([x.shape[0]], t, x.dtype, x.device);
}
