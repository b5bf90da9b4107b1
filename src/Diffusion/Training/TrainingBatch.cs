namespace Dfx.Diffusion;

/// <summary>
/// What a loss function is given: the images of a step, read when they are asked for, and the step's random numbers. If gradients are
/// accumulated, it is a part of the step's batch, with the rows that the whole one has there.
/// </summary>
public sealed class TrainingBatch : IDisposable
{
    private readonly TrainingContext _context;
    private readonly BatchSource _source;
    private readonly BatchTensors _tensors;

    internal TrainingBatch(TrainingContext context, BatchSource source, long step)
    {
        (_context, _source, Step, Whole, Count) = (context, source, step, this, context.Settings.Batch);
        _tensors = new(() => Augment(source.Clean(step), "augment"), () => source.Observe(step, Clean));
    }

    private TrainingBatch(TrainingBatch whole, int part, int update)
    {
        (_context, _source, _tensors, Step, Whole) = (whole._context, whole._source, whole._tensors, whole.Step, whole);
        (Part, Update, Count) = (part, update, whole.Count / _context.Settings.Accumulate);
    }

    /// <summary>The step, from 0.</summary>
    public long Step { get; }

    /// <summary>Which part of the step's batch it is, from 0.</summary>
    public int Part { get; }

    /// <summary>Which of the step's updates of the trainee, from 0.</summary>
    public int Update { get; }

    /// <summary>The batch of the step that this is a part of, or itself: what is one for all of them is drawn by its numbers and read from its images.</summary>
    public TrainingBatch Whole { get; }

    /// <summary>The parts that a loss is given in turn, as many as <see cref="TrainingSettings.Accumulate"/> says.</summary>
    public IEnumerable<TrainingBatch> Parts => PartsOf(0);

    /// <summary>How many images the batch has.</summary>
    public int Count { get; }

    /// <summary>How many images the run had drawn before the first one of this batch.</summary>
    public long First => (Step * Whole.Count) + (Part * Count);

    /// <summary>
    /// Clean images [N, C, H, W] in [-1, 1], float32, on the run's device; gone after the step. If the run augments, they are augmented: they
    /// may overshoot the range a little, and <see cref="Condition"/> says what was done to them.
    /// </summary>
    public torch.Tensor Clean => Mine(_tensors.Clean);

    /// <summary>What the task observes of them, with what was done to them if the run augments; null for plain generation without.</summary>
    public Condition? Condition => _tensors.Condition is { } c && Count < Whole.Count
        ? new()
        {
            Channels = Mine(c.Channels),
            Labels = Mine(c.Labels),
            Augmentation = Mine(c.Augmentation),
            Known = Mine(c.Known),
            Mask = Mine(c.Mask),
        }
        : _tensors.Condition;

    /// <summary>Which training images <see cref="Clean"/> are.</summary>
    public IReadOnlyList<int> Indices => _source.Drawn(First, Count);

    /// <summary>Which training images the run draws next to each other, for methods that draw at a pace of their own: each epoch has every image once.</summary>
    /// <param name="first">How many were drawn before, at least 0.</param>
    /// <param name="count">How many are drawn.</param>
    public int[] Drawn(long first, int count) => _source.Drawn(first, count);

    /// <summary>Other training images, augmented by the same rule as <see cref="Clean"/> with random numbers of their own, the same in every part of a step.</summary>
    /// <param name="indices">Which ones.</param>
    /// <param name="purpose">What the random numbers are for: two purposes share no number.</param>
    /// <returns>A new float32 tensor [n, C, H, W], on the run's device, in the range of <see cref="Clean"/>.</returns>
    public torch.Tensor Others(ReadOnlySpan<int> indices, string purpose) => Whole.Augment(_source.Read(Step, indices, purpose), purpose).Images;

    /// <summary>
    /// The images of <see cref="Drawn"/>, augmented by the same rule as <see cref="Clean"/>, and their condition, which says what was done to them if the run augments.
    /// </summary>
    /// <param name="first">How many were drawn before: the n-th image that is drawn is observed by its own random numbers, whatever the step.</param>
    /// <param name="count">How many are drawn.</param>
    /// <param name="purpose">What the random numbers are for: two purposes share no number.</param>
    /// <returns>New tensors: images [n, C, H, W], float32, on the run's device, and what the task observes of them; null for plain generation without augmentation.</returns>
    public (torch.Tensor Images, Condition? Condition) DrawnImages(long first, int count, string purpose)
    {
        var indices = Drawn(first, count);
        var (images, labels) = Whole.Augment(_source.Read(Step, indices, purpose), purpose);
        var seen = _source.Observe(images, indices, first, $"condition/{purpose}");
        return (images, labels is null ? seen : (seen ?? new()) with { Augmentation = labels });
    }

    /// <summary>
    /// The random numbers of a purpose; ask them for <see cref="Step"/>. Draws of one row an image have the rows of this part, and what is one
    /// number for all images of the step belongs to <see cref="Whole"/>'s.
    /// </summary>
    /// <param name="purpose">What they are for: two purposes share no number.</param>
    public StepNoise Noise(string purpose)
    {
        var noise = _context.Noise(Update == 0 ? purpose : $"update-{Update}/{purpose}");
        return Count < Whole.Count ? noise.OfPart(Part, Count) : noise;
    }

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

    /// <summary>The rows of this part, of a tensor that has one for every image of the step, such as a pool.</summary>
    /// <param name="whole">A tensor whose first dimension is the whole batch's.</param>
    /// <returns>A view [N, …].</returns>
    /// <exception cref="ArgumentException">It has another number of rows.</exception>
    public torch.Tensor Rows(torch.Tensor whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return whole.shape.FirstOrDefault() == Whole.Count
            ? whole.narrow(0, (long)Part * Count, Count)
            : throw new ArgumentException($"The batch of the step has {Whole.Count} images, and the tensor the shape [{string.Join(", ", whole.shape)}].", nameof(whole));
    }

    /// <summary>Keeps a tensor, outside of the graph, until the step ends: what a later loss of the step, or the hook after it, builds on.</summary>
    /// <param name="name">By which it is found.</param>
    /// <param name="tensor">The tensor; it is not copied.</param>
    public void Keep(string name, torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        _tensors.Keep((name, Part), tensor);
    }

    /// <summary>What was kept of this part; of the whole batch, the rows of all parts.</summary>
    /// <param name="name">By which it was kept.</param>
    /// <exception cref="KeyNotFoundException">Nothing was kept by that name in this step.</exception>
    public torch.Tensor Kept(string name) => Whole == this && _context.Settings.Accumulate > 1
        ? torch.cat([.. Enumerable.Range(0, _context.Settings.Accumulate).Select(part => _tensors.Kept((name, part)))])
        : _tensors.Kept((name, Part));

    /// <summary>Gives the tensors of the step free.</summary>
    public void Dispose() => _tensors.Dispose();

    /// <summary>The parts of one of the trainee's updates.</summary>
    internal IEnumerable<TrainingBatch> PartsOf(int update) => update == 0 && _context.Settings.Accumulate == 1
        ? [this]
        : Enumerable.Range(0, _context.Settings.Accumulate).Select(part => new TrainingBatch(Whole, part, update));

    /// <exception cref="InvalidOperationException">The loss took augmented images, and did not ask what its network has to be told of them.</exception>
    internal void CheckTold()
    {
        if (_tensors.Untold)
        {
            throw new InvalidOperationException("This method does not tell its network how images were augmented: give it training: { augment: 0 }.");
        }
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(tensor))]
    private torch.Tensor? Mine(torch.Tensor? tensor) => tensor is null || Count == Whole.Count ? tensor : Rows(tensor);
}
