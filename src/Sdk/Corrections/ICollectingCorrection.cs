namespace Dfx.Sdk;

/// <summary>
/// A correction that learns from a collection of its source, such as pairs of states and images. The collection is made once, by a job of its own, and
/// lies on disk: it may be larger than memory, and training reads rows of it. Its card names the collection. Training must do with fewer rows than the options
/// ask for: a rehearsal and <c>dfx check</c> collect a few parts.
/// </summary>
public interface ICollectingCorrection : ICorrection
{
    /// <summary>
    /// Makes the collection part by part, from the first one that is not there. A part must depend on its number, the seed, the source and options with
    /// <see cref="CollectsAttribute"/> alone, so that an interrupted job ends with the same rows.
    /// </summary>
    /// <param name="context">The source, data and the host.</param>
    /// <exception cref="DivergedException">What was made is not finite.</exception>
    /// <exception cref="OperationCanceledException">The context's token asked to stop.</exception>
    void Collect(CollectionContext context);
}

/// <summary>Everything that making a collection needs.</summary>
public sealed record CollectionContext
{
    /// <summary>The source, frozen, in evaluation mode and in float32.</summary>
    public required IDenoiser Source { get; init; }

    /// <summary>Data, task, device and seed. Its random numbers are those of the collection: the training of a correction shares none of them.</summary>
    public required ModelContext Model { get; init; }

    /// <summary>Whether the source learned from images that were mirrored by chance (<see cref="TrainingSettings.Flip"/>).</summary>
    public required bool Flip { get; init; }

    /// <summary>Where parts go.</summary>
    public required ICollectionHost Host { get; init; }

    /// <summary>Asks to stop; look at it between parts, and more often if a part takes long.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>
/// The host's side of a collection that is being made. Report how much of all of it is done after every part, in rows or trajectories: what a first part takes tells
/// what the whole will take.
/// </summary>
public interface ICollectionHost : IProgressHost
{
    /// <summary>How many parts are there already, written by an interrupted job: the next one has this number.</summary>
    int Parts { get; }

    /// <summary>Writes the next part, at once or not at all.</summary>
    /// <param name="part">
    /// Named columns, on any device, finite, each with as many rows as the others, at least one. All parts have the same names, dtypes and shapes of a row.
    /// </param>
    /// <exception cref="ArgumentException">The part does not match those before it.</exception>
    /// <exception cref="DivergedException">A number of it is not finite.</exception>
    void Add(IReadOnlyDictionary<string, torch.Tensor> part);
}

/// <summary>A finished collection, on disk. Safe for reading from several threads.</summary>
public interface ICollectedRows
{
    /// <summary>How many rows it has over all parts, 0 if nothing was collected.</summary>
    long Rows { get; }

    /// <summary>A whole column, for small ones such as indices.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>A new CPU tensor [rows, ...] of the column's dtype.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    torch.Tensor Column(string name);

    /// <summary>Some rows of a column, read from disk and not kept in memory.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="rows">Their numbers over all parts, in any order, repeated or not.</param>
    /// <returns>A new CPU tensor [n, ...] of the column's dtype.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is out of range.</exception>
    torch.Tensor Read(string name, ReadOnlySpan<long> rows);
}
