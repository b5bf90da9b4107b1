namespace Dfx.Diffusion;

/// <summary>What a loss function is given: the images of a step, read when they are asked for, and the step's random numbers.</summary>
public sealed class TrainingBatch
{
    private readonly TrainingContext _context;
    private readonly BatchSource _source;
    private readonly Lazy<torch.Tensor> _clean;
    private readonly Lazy<Condition?> _condition;

    internal TrainingBatch(TrainingContext context, BatchSource source, long step)
    {
        (_context, _source, Step) = (context, source, step);
        _clean = new(() => source.Clean(step));
        _condition = new(() => source.Observe(step, _clean.Value));
    }

    /// <summary>The step, from 0.</summary>
    public long Step { get; }

    /// <summary>How many images the batch has.</summary>
    public int Count => _context.Settings.Batch;

    /// <summary>Clean images [N, C, H, W] in [-1, 1], float32, on the run's device; gone after the step.</summary>
    public torch.Tensor Clean => _clean.Value;

    /// <summary>What the task observes of them; null for plain generation.</summary>
    public Condition? Condition => _condition.Value;

    /// <summary>Which training images <see cref="Clean"/> are.</summary>
    public IReadOnlyList<int> Indices => _source.Indices(Step);

    /// <summary>Other training images, augmented by the same rule as <see cref="Clean"/> with random numbers of their own.</summary>
    /// <param name="indices">Which ones.</param>
    /// <param name="purpose">What the random numbers are for: two purposes share no number.</param>
    /// <returns>A new float32 tensor [n, C, H, W] in [-1, 1], on the run's device.</returns>
    public torch.Tensor Others(ReadOnlySpan<int> indices, string purpose) => _source.Read(Step, indices, purpose);

    /// <summary>The random numbers of a purpose; ask them for <see cref="Step"/>.</summary>
    /// <param name="purpose">What they are for: two purposes share no number.</param>
    public StepNoise Noise(string purpose) => _context.Noise(purpose);

    /// <summary>Standard normals of the shape of <see cref="Clean"/>, float32.</summary>
    /// <inheritdoc cref="Noise" path="/param"/>
    public torch.Tensor Normal(string purpose) => Noise(purpose).Normal(Step, _context.Model.Data.Shape.Batch(Count));
}
