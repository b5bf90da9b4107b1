namespace Dfx.Baselines;

/// <summary>
/// RePaint (Lugmayr et al. 2022, algorithm 1): ancestral sampling with a model of plain generation, in which what is known is put at its
/// noise level into every state, and jumps back up let the rest fit in. Only the moves down are evaluations: a budget gets the most
/// levels T' with T' + (r - 1) j ⌊(T' - 1) / j⌋ evaluations at most (250 levels, j = r = 10: 2410).
/// </summary>
/// <remarks>
/// The state at a level is that of the walk's last visit, when all jumps that pass it are done. A jump of j levels is one draw: the sum of
/// the paper's j draws has the same law. Known pixels of the finished samples are the images' own; the official code leaves the model's.
/// </remarks>
/// <param name="options">Its parameters.</param>
[Sampler("repaint", "RePaint", Paper = "Lugmayr et al., CVPR 2022", ImposesKnown = true)]
public sealed class RepaintSampler(RepaintOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var steps = JumpSchedule.Steps(Budget.Checked(nfe, "repaint"), options.Jump, options.Resamplings);
        return SampleLevels.Of(model.Schedule, steps, StepSet.Respaced);
    }

    /// <inheritdoc/>
    /// <exception cref="NotApplicableException">There is a condition, but no pixel is known for sure.</exception>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: one draw a move but the last to 0, and one for known pixels before each evaluation.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw, Func<torch.Tensor> drawKnown)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = torch.NewDisposeScope();
        var known = KnownPixels.Of(request);
        var y = request.Start.clone();
        foreach (var (sigma, next) in Moves(request))
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            y.copy_(next < sigma ? Down(model, known.Impose(y, sigma, drawKnown), request, (sigma, next), draw) : Up(y, sigma, next, draw));
        }

        return scope.MoveToOuter(request.Levels[request.Stop] > 0 ? y : known.Impose(y, 0, drawKnown));
    }

    // Line 4 to 7: a reverse step.
    private torch.Tensor Down(IDenoiser model, torch.Tensor y, SamplingRequest request, (double Sigma, double Next) at, Func<torch.Tensor> draw)
    {
        var clean = model.Denoise(y, request.Fill(at.Sigma)).Clipped(options.Clip);
        var mean = Posterior.Mean(y, clean, at.Sigma, at.Next);
        var deviation = Posterior.Deviation(model.Schedule, at.Sigma, at.Next, options.Variance);
        return deviation > 0 ? mean.add_(draw(), deviation) : mean;
    }

    // Line 9: forward steps, all of a jump at once.
    private static torch.Tensor Up(torch.Tensor y, double sigma, double next, Func<torch.Tensor> draw) =>
        y + (draw() * Math.Sqrt((next - sigma) * (next + sigma)));

    private IEnumerable<(double From, double To)> Moves(SamplingRequest request)
    {
        var positions = JumpSchedule.Positions(request.Levels.Count - 1, options.Jump, options.Resamplings).ToList();
        var walked = positions.Take(positions.LastIndexOf(request.Stop) + 1).Select(p => request.Levels[p]).ToList();
        return walked.Zip(walked.Skip(1));
    }
}
