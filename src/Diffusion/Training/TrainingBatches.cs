namespace Dfx.Diffusion;

/// <summary>
/// The batches of a run, as <see cref="TrainingLoop"/> hands them to losses: each epoch goes once through the training data, in an order of its
/// own, mirrored or augmented as the settings say. For methods that drive their own loop.
/// </summary>
public sealed class TrainingBatches
{
    private readonly TrainingContext _context;
    private readonly BatchSource _source;

    /// <summary>The batches of a context.</summary>
    /// <param name="context">Data, settings, seed and device.</param>
    /// <exception cref="ArgumentException">The batch cannot be split as the settings ask for.</exception>
    public TrainingBatches(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (batch, parts) = (context.Settings.Batch, context.Settings.Accumulate);
        if (parts < 1 || batch % parts != 0)
        {
            throw new ArgumentException($"accumulate is {parts}, which does not divide the batch of {batch}: take a divisor of it.", nameof(context));
        }

        (_context, _source) = (context, new(context));
    }

    /// <summary>The batch of a step; <see cref="TrainingBatch.Parts"/> are what a loss is given in turn.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>A batch that the caller disposes after the step.</returns>
    public TrainingBatch Of(long step) => new(_context, _source, step);
}
