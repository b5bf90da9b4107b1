namespace Dfx.Diffusion;

/// <summary>What a loss function is given: the images of a step, read when they are asked for, and the step's random numbers.</summary>
public sealed class TrainingBatch
{
    private readonly TrainingContext _context;
    private readonly BatchSource _source;
    private readonly Lazy<(torch.Tensor Images, torch.Tensor? Labels)> _clean;
    private readonly Lazy<Condition?> _condition;

    internal TrainingBatch(TrainingContext context, BatchSource source, long step)
    {
        (_context, _source, Step) = (context, source, step);
        _clean = new(() => Augment(source.Clean(step), "augment"));
        _condition = new(() => Told(source.Observe(step, Clean)));
    }

    /// <summary>The step, from 0.</summary>
    public long Step { get; }

    /// <summary>How many images the batch has.</summary>
    public int Count => _context.Settings.Batch;

    /// <summary>
    /// Clean images [N, C, H, W] in [-1, 1], float32, on the run's device; gone after the step. If the run augments, they are augmented: they
    /// may overshoot the range a little, and <see cref="Condition"/> says what was done to them.
    /// </summary>
    public torch.Tensor Clean => _clean.Value.Images;

    /// <summary>What the task observes of them, with what was done to them if the run augments; null for plain generation without.</summary>
    public Condition? Condition => _condition.Value;

    /// <summary>Which training images <see cref="Clean"/> are.</summary>
    public IReadOnlyList<int> Indices => _source.Indices(Step);

    /// <summary>Other training images, augmented by the same rule as <see cref="Clean"/> with random numbers of their own.</summary>
    /// <param name="indices">Which ones.</param>
    /// <param name="purpose">What the random numbers are for: two purposes share no number.</param>
    /// <returns>A new float32 tensor [n, C, H, W], on the run's device, in the range of <see cref="Clean"/>.</returns>
    public torch.Tensor Others(ReadOnlySpan<int> indices, string purpose) => Augment(_source.Read(Step, indices, purpose), purpose).Images;

    /// <summary>The random numbers of a purpose; ask them for <see cref="Step"/>.</summary>
    /// <param name="purpose">What they are for: two purposes share no number.</param>
    public StepNoise Noise(string purpose) => _context.Noise(purpose);

    /// <summary>Augments further images as the run's settings say.</summary>
    /// <param name="images">Images [M, C, H, W], float32, on the run's device.</param>
    /// <param name="purpose">What they are: two purposes share no number, and image i of a purpose is changed the same way however many there are.</param>
    /// <returns>New images and what was done to them, [M, 9], float32; or the images themselves and null if the run does not augment.</returns>
    public (torch.Tensor Images, torch.Tensor? Labels) Augment(torch.Tensor images, string purpose) => _context.Settings.Augment > 0
        ? AugmentPipe.Apply(images, _context.Settings.Augment, Noise, purpose, Step)
        : (images, null);

    /// <summary>Standard normals of the shape of <see cref="Clean"/>, float32.</summary>
    /// <inheritdoc cref="Noise" path="/param"/>
    public torch.Tensor Normal(string purpose) => Noise(purpose).Normal(Step, _context.Model.Data.Shape.Batch(Count));

    /// <exception cref="InvalidOperationException">The loss took augmented images, and did not ask what its network has to be told of them.</exception>
    internal void CheckTold()
    {
        if (_clean is { IsValueCreated: true, Value.Labels: not null } && !_condition.IsValueCreated)
        {
            throw new InvalidOperationException("This method does not tell its network how images were augmented: give it training: { augment: 0 }.");
        }
    }

    private Condition? Told(Condition? observed) =>
        _clean.Value.Labels is { } labels ? (observed ?? new()) with { Augmentation = labels } : observed;
}
