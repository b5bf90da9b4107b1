namespace Dfx.Compensation.Analyses;

/// <summary>
/// A trained model that an analysis looks at, in the variance-preserving frame of <see cref="Compensation"/>: a denoiser with discrete steps, and its compensation
/// module if it has one. Images are float32, levels float64, on the run's device.
/// </summary>
/// <param name="model">The model; the host disposes it.</param>
internal sealed class AnalysedModel(IDenoiser model)
{
    // Images of a call of the network: more need memory and save no time.
    private const int Batch = 64;

    private readonly CsModule? _module = (model as CsDenoiser)?.Module;
    private readonly double[] _sigmas = [0, .. Enumerable.Range(1, model.Schedule.Steps!.Value).Select(t => model.Schedule.Sigma(t))];

    /// <summary>The models of the checkpoints.</summary>
    /// <exception cref="NotApplicableException">No model is named, or one that has no discrete steps, is told of more than noisy images, or compensates while it samples.</exception>
    internal static IReadOnlyList<(TrainedCheckpoint At, AnalysedModel Model)> Of(AnalysisContext context, string analysis)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Trained.Count == 0)
        {
            throw Analysed.NoModel(analysis);
        }

        Analysed.CheckPlain(context, analysis);
        return [.. context.Trained.Select(trained => (trained, new AnalysedModel(Discrete(trained.Model, analysis))))];
    }

    /// <summary>T.</summary>
    internal int Steps => _sigmas.Length - 1;

    internal bool HasModule => _module is not null;

    /// <summary>sigma of steps, 0 at step 0.</summary>
    /// <param name="steps">[N], float64.</param>
    internal torch.Tensor Sigma(torch.Tensor steps)
    {
        using var all = torch.tensor(_sigmas, torch.float64, steps.device);
        using var places = steps.to(torch.ScalarType.Int64);
        return all.index_select(0, places);
    }

    /// <summary>Rows at their steps, exactly on the forward process.</summary>
    /// <param name="clean">x0 [N, C, H, W].</param>
    /// <param name="noise">z.</param>
    /// <param name="steps">t [N], float64, 1 to T.</param>
    internal RolloutRows Start(torch.Tensor clean, torch.Tensor noise, torch.Tensor steps)
    {
        using var scope = torch.NewDisposeScope();
        var (sigma, next) = (Sigma(steps), Sigma(steps - 1));
        return new(
            Compensation.Forward(clean, noise, sigma).MoveToOuterDisposeScope(), clean, noise, sigma.MoveToOuterDisposeScope(), next.MoveToOuterDisposeScope(), null);
    }

    /// <summary>The main network's estimate of the noise in rows.</summary>
    /// <returns>A new tensor [N, C, H, W].</returns>
    internal torch.Tensor Eps(RolloutRows rows)
    {
        using var scope = torch.NewDisposeScope();
        var parts = rows.X.split(Batch).Zip(rows.Sigma.split(Batch)).Select(part => Eps(part.First, part.Second));
        return scope.MoveToOuter(torch.cat([.. parts], 0));
    }

    /// <summary>What the module adds to the rows' steps; null if there is no module.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="eps">The main network's estimate.</param>
    internal torch.Tensor? Term(RolloutRows rows, torch.Tensor eps)
    {
        using var outside = torch.no_grad();
        return _module?.Term(rows, eps);
    }

    // x = g y, so y = x √(1 + sigma²), and D(y) = y - sigma eps.
    private torch.Tensor Eps(torch.Tensor x, torch.Tensor sigma)
    {
        var y = x / Denoising.Rows(Compensation.Signal(sigma), x);
        return (y - model.Denoise(y, sigma.to(y.dtype))) / Denoising.Rows(sigma, y);
    }

    private static IDenoiser Discrete(ITrainedModel model, string analysis) => model switch
    {
        CsDenoiser { Networks.Count: > 1 } => throw new NotApplicableException(
            $"{analysis} looks at a model that does not compensate while it samples: name the entry with generation: off, of the same training"),
        IDenoiser { Schedule.Steps: not null } denoiser => denoiser,
        _ => throw new NotApplicableException($"{analysis} looks at denoisers with discrete steps, such as those of cs and ddpm"),
    };
}
