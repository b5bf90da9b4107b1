namespace Dfx.Baselines;

/// <summary>
/// EDM's ablation of samplers (Karras et al. 2022, algorithm 1 with appendix D.2's alpha, and churn): the probability flow of
/// x = s(t) (x0 + sigma(t) z) in a time and on levels of one's choice, with steps of Euler or of order 2. N levels take 2 N - 1
/// evaluations with order 2, N with Euler.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("edm-ablation", "EDM ablation", Paper = "Karras et al., NeurIPS 2022")]
public sealed class AblationSampler(AblationOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var budget = Budget.Checked(nfe, "edm-ablation");
        return Budget.ThenClean(options.Grid.Levels(model.Schedule, options.Heun ? (budget + 1) / 2 : budget));
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: with churn, one draw a step.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw)
    {
        ArgumentNullException.ThrowIfNull(model);
        var churn = new Churn(options.SChurn, options.SMin, options.SMax, options.SNoise);
        var flow = new FramedFlow(model, options.Time.Frame(model.Schedule));
        return request.Walk((y, step) =>
        {
            var (hat, raised) = churn.Raise(y, step.Level, request.Levels.Count - 1, draw);
            return Step(flow, raised, hat, step.Next);
        });
    }

    // The last step, to 0, is Euler's.
    private torch.Tensor Step(FramedFlow flow, torch.Tensor y, double sigma, double next)
    {
        var (t, end) = (flow.Frame.Time(sigma), flow.Frame.Time(next));
        var h = end - t;
        var x = y * flow.Frame.Scale(t);
        var slope = Slope(x, t);
        if (options.Heun && next > 0)
        {
            var second = Slope(x + (slope * (options.Alpha * h)), t + (options.Alpha * h));
            slope = (slope * (1 - (0.5 / options.Alpha))) + (second * (0.5 / options.Alpha));
        }

        return x.add_(slope, h) / flow.Frame.Scale(end);

        torch.Tensor Slope(torch.Tensor at, double time) => flow.Slope(at, [.. Enumerable.Repeat(time, (int)at.shape[0])]);
    }
}
