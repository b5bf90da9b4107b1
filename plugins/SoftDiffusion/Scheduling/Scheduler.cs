namespace Dfx.SoftDiffusion;

/// <summary>Makes the schedule of a dataset.</summary>
internal static class Scheduler
{
    /// <summary>The schedule that the options ask for.</summary>
    internal static SoftSchedule Of(
        SoftOptions options,
        ILinearCorruption corruption,
        IDataSource data,
        torch.Device device,
        ITensorStore store,
        IProgressHost progress,
        CancellationToken cancellation) => options.Schedule switch
        {
            ScheduleKind.Linear or ScheduleKind.ChangingNoise => options.Through([corruption.Least, corruption.Most]),
            _ => throw new NotSupportedException($"No schedule {options.Schedule} yet."),
        };
}
