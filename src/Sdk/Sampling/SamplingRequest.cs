namespace Dfx.Sdk;

/// <summary>What a sampler is asked for.</summary>
public sealed record SamplingRequest
{
    /// <summary>The budget of evaluations that the levels were made for.</summary>
    public required int Nfe { get; init; }

    /// <summary>What <see cref="ISampler{TModel}.Levels"/> gave.</summary>
    public required IReadOnlyList<double> Levels { get; init; }

    /// <summary>The index of the level to stop at and return the state of: the last one, or an earlier one for a correction.</summary>
    public required int Stop { get; init; }

    /// <summary>The state at the first level, float64: a draw from the model's prior. Not to be changed in place.</summary>
    public required torch.Tensor Start { get; init; }

    /// <summary>The samples' own noise: fresh draws for stochastic steps.</summary>
    public required SampleNoise Noise { get; init; }

    /// <summary>What the task observes, for samplers that impose it on the state; null for plain generation.</summary>
    public Condition? Condition { get; init; }

    /// <summary>Asks to stop; the host also looks at it at every evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The steps to take: index i, the level at i and the next one, for i from 0 to Stop - 1.</summary>
    public IEnumerable<(int Index, double Level, double Next)> Steps() =>
        LevelWalk.Steps(Levels, Stop).Select(step => (step.Index, step.Level, step.Next));

    /// <summary>
    /// Walks from the first level down to that at Stop: looks at the token before every step, and keeps of a step its returned state alone.
    /// </summary>
    /// <param name="step">From a state and a step to the next state: see <see cref="LevelWalk.Run"/>, also for what outlives a step.</param>
    /// <returns>A new tensor: the state at Stop.</returns>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public torch.Tensor Walk(Func<torch.Tensor, SamplingStep, torch.Tensor> step) => LevelWalk.Run(Start, Levels, Stop, step, Cancellation);

    /// <summary>One level for every row of a batch: a new tensor [N] of the start's dtype, on its device.</summary>
    public torch.Tensor Fill(double level) => torch.full([Start.shape[0]], level, Start.dtype, Start.device);
}
