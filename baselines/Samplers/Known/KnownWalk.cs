namespace Dfx.Baselines;

/// <summary>Walks over levels in which pixels that the task knows keep to their own noise.</summary>
internal static class KnownWalk
{
    /// <summary>
    /// As <see cref="SamplingRequest.Walk"/>. With <see cref="KnownRule.Impose"/> the known pixels of every state, the first and the last included, are x0 + sigma z
    /// with one z a sample: the noise start / sigma that the run started from, so nothing more is drawn.
    /// </summary>
    /// <param name="request">The request, in EDM's frame.</param>
    /// <param name="rule">What to do about known pixels.</param>
    /// <param name="step">From a state and a step to the next state.</param>
    internal static torch.Tensor Walk(this SamplingRequest request, KnownRule rule, Func<torch.Tensor, SamplingStep, torch.Tensor> step)
    {
        if (rule == KnownRule.Free || request.Condition is not { Known: not null, Mask: not null })
        {
            return request.Walk(step);
        }

        using var scope = torch.NewDisposeScope();
        var known = KnownPixels.Of(request);
        var noise = request.Start / request.Levels[0];
        torch.Tensor Imposed(torch.Tensor y, double sigma) => known.Impose(y, sigma, () => noise);
        var imposing = request with { Start = Imposed(request.Start, request.Levels[0]) };
        return scope.MoveToOuter(imposing.Walk((y, s) => Imposed(step(y, s), s.Next)));
    }
}
