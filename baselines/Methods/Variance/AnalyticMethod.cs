namespace Dfx.Baselines;

/// <summary>
/// Analytic-DPM (Bao et al. 2022, Eq. 8): Gamma = E‖eps(x; sigma)‖² / d of a trained denoiser is estimated at some noise levels, and gives
/// E Cov[x0 | x] = sigma² (1 - Gamma). A step is one batch of training images, spread over the levels in turn.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("analytic", "Analytic-DPM", Paper = "Bao et al., ICLR 2022", NeedsSource = true)]
public sealed class AnalyticMethod(AnalyticOptions options) : IMethod<IVarianceDenoiser>
{
    private const string SigmaName = "sigma";
    private const string GammaName = "gamma";

    /// <inheritdoc/>
    public IVarianceDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var source = Fits.Source(context.Model);
        var sigmas = Fits.Levels(source.Schedule, options.Levels);
        return SummingLoop.Run(context, batch => Statistic(source, sigmas, batch), sums => Load(Means(sigmas, sums), context.Model));
    }

    /// <inheritdoc/>
    public IVarianceDenoiser Load(Checkpoint checkpoint, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(context);
        return new AnalyticDenoiser(Fits.Source(context), Numbers(SigmaName), Numbers(GammaName), Fits.Limit(context));

        double[] Numbers(string name) => [.. checkpoint.Tensors[name].data<double>()];
    }

    /// <summary>What makes a model: levels and their Gamma.</summary>
    internal static Checkpoint Table(double[] sigmas, double[] gammas) =>
        new(new Dictionary<string, torch.Tensor> { [SigmaName] = torch.tensor(sigmas), [GammaName] = torch.tensor(gammas) });

    // Row i of step n is at level (n N + i) mod L. As E‖z‖² = d, ‖eps‖² - ‖z‖² + d has the same mean and far less noise at high levels,
    // where eps is close to z.
    private static torch.Tensor Statistic(IDenoiser source, double[] sigmas, TrainingBatch batch)
    {
        var device = batch.Clean.device;
        var level = torch.arange(batch.Count, torch.ScalarType.Int64, device).add(batch.First % sigmas.Length).remainder(sigmas.Length);
        var sigma = torch.tensor(sigmas).to(device).index_select(0, level);
        var noise = batch.Normal("noise").@double();
        var noisy = batch.Clean.@double().addcmul(noise, Denoising.Rows(sigma, noise), 1);
        var eps = (noisy - source.Denoise(noisy, sigma, batch.Condition)) / Denoising.Rows(sigma, noise);
        var gamma = (eps.square() - noise.square()).mean([1, 2, 3]) + 1;
        var mine = torch.arange(sigmas.Length, torch.ScalarType.Int64, device).unsqueeze(1).eq(level).@double();
        return torch.stack([mine.matmul(gamma), mine.sum(1L)]);
    }

    // A short run has not come to every level.
    private static Checkpoint Means(double[] sigmas, Checkpoint sums)
    {
        var numbers = sums.Tensors[SummingLoop.SumName].cpu().data<double>().ToArray();
        var seen = Enumerable.Range(0, sigmas.Length).Where(i => numbers[sigmas.Length + i] > 0).ToArray();
        return Table([.. seen.Select(i => sigmas[i])], [.. seen.Select(i => numbers[i] / numbers[sigmas.Length + i])]);
    }
}
