namespace Dfx.Diffusion;

/// <summary>
/// The batches of a run, as <see cref="TrainingLoop"/> hands them to losses: each epoch goes once through the training data, in an order of its
/// own, mirrored or augmented as the settings say. For methods that drive their own loop.
/// </summary>
/// <remarks>
/// On CUDA, 8-bit images that take at most a tenth of the free memory lie there as bytes for the whole run, and large draws of the next step's random numbers
/// are made while a step runs. The numbers are the same.
/// </remarks>
public sealed class TrainingBatches : IDisposable
{
    private readonly TrainingContext _context;
    private readonly BatchSource _source;
    private readonly DevicePixels? _pixels;

    /// <summary>The batches of a context.</summary>
    /// <param name="context">Data, settings, seed and device.</param>
    /// <exception cref="ArgumentException">The batch cannot be split as the settings ask for.</exception>
    public TrainingBatches(TrainingContext context)
        : this(Given(context), DevicePixels.Room(context.Model.Device), context.Model.Device.type == DeviceType.CUDA ? new() : null)
    {
    }

    /// <param name="context">Data, settings, seed and device.</param>
    /// <param name="room">Bytes of images that may lie on the device.</param>
    /// <param name="ahead">Makes random numbers of the next step meanwhile, and is disposed with the batches; null if nobody does.</param>
    internal TrainingBatches(TrainingContext context, long room, NoiseAhead? ahead)
    {
        var (batch, parts) = (context.Settings.Batch, context.Settings.Accumulate);
        if (parts < 1 || batch % parts != 0)
        {
            throw new ArgumentException($"accumulate is {parts}, which does not divide the batch of {batch}: take a divisor of it.", nameof(context));
        }

        Ahead = ahead;
        _pixels = DevicePixels.Of(context, room);
        _context = context with { Model = context.Model with { Ahead = Ahead } };
        _source = new(_context, _pixels);
    }

    /// <summary>Who makes random numbers ahead; null if nobody does.</summary>
    internal NoiseAhead? Ahead { get; }

    /// <summary>Whether batches are gathered on the device.</summary>
    internal bool OnDevice => _pixels is not null;

    /// <summary>The batch of a step; <see cref="TrainingBatch.Parts"/> are what a loss is given in turn.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>A batch that the caller disposes after the step.</returns>
    public TrainingBatch Of(long step) => new(_context, _source, step);

    /// <summary>Gives free what lies on the device.</summary>
    public void Dispose()
    {
        Ahead?.Dispose();
        _pixels?.Dispose();
    }

    private static TrainingContext Given(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context;
    }
}
