namespace Dfx.Sdk;

/// <summary>
/// A correction that can tell while a run is planned, before anything is trained, that its options cannot work. The host asks for every source, dataset and task of a matrix that it would be
/// trained with, and asks a teacher likewise.
/// </summary>
public interface ICorrectionCheck
{
    /// <summary>Looks at the options that the correction was made with. It trains nothing, and what it makes to find out it disposes.</summary>
    /// <param name="plan">What the correction would be trained with.</param>
    /// <exception cref="ArgumentException">The options cannot work with any source: the matrix is refused. The message says why, and what would.</exception>
    /// <exception cref="NotApplicableException">They have no meaning with this source, dataset or task: cells with these are not applicable.</exception>
    void Check(CorrectionPlan plan);
}

/// <summary>What a correction would be trained with, as far as it is known before its source is trained.</summary>
public sealed record CorrectionPlan
{
    /// <summary>The source's data, task and network settings, on the CPU, whatever the run's device is.</summary>
    public required ModelContext Model { get; init; }

    /// <summary>The source's noise schedule; null if its method does not tell it before it has trained (<see cref="IScheduledMethod"/>).</summary>
    public INoiseSchedule? Schedule { get; init; }

    /// <summary>The correction that it would learn from, or null.</summary>
    public ICorrection? Teacher { get; init; }

    /// <summary>
    /// The path of the weights file that the user added under an id such as <c>vgg16</c>; null where there is none. To ask is to say that training reads them
    /// (<see cref="TrainingContext.Weights"/>): their hashes become a part of its key.
    /// </summary>
    public Func<string, string?> Weights { get; init; } = static _ => null;
}
