namespace Dfx.Compensation.Tests.Analyses;

/// <summary>What analyses are given, and what their tables have.</summary>
internal static class Contexts
{
    internal static AnalysisContext Of(IDataSource data, ITask? task = null, params ITrainedModel[] trained) => new()
    {
        Model = Model(data, task),
        Trained = [.. trained.Select((model, i) => new TrainedCheckpoint((i + 1.0) / trained.Length, 10 * (i + 1), 1, model))],
        Store = new SilentHost(),
        Progress = new SilentHost(),
    };

    internal static ModelContext Model(IDataSource data, ITask? task = null) => new()
    {
        Data = data,
        Task = task ?? new GenerateTask(),
        Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
        Device = torch.CPU,
        Seed = 1,
    };

    /// <summary>The cells of a column.</summary>
    internal static object?[] Column(this AnalysisTable table, string column, Func<IReadOnlyDictionary<string, object?>, bool>? where = null) =>
        [.. table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(p => p.First.Name, p => p.Second)).Where(row => where is null || where(row)).Select(row => row[column])];
}
