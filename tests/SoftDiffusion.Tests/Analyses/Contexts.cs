namespace Dfx.SoftDiffusion.Tests.Analyses;

/// <summary>What analyses are given.</summary>
internal static class Contexts
{
    internal static AnalysisContext Of(IDataSource data, ITrainedModel? model = null, ITask? task = null) => new()
    {
        Model = new()
        {
            Data = data,
            Task = task ?? new GenerateTask(),
            Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 1,
        },
        Trained = model is null ? [] : [new(1, 10, 1, model)],
        Store = new SilentHost(),
        Progress = new SilentHost(),
    };

    /// <summary>A column of numbers.</summary>
    internal static double[] Numbers(this AnalysisTable table, string column, Func<IReadOnlyList<object?>, bool>? where = null) =>
        [.. table.Rows.Where(where ?? (_ => true)).Select(row => (double)row[Index(table, column)]!)];

    internal static object?[] Column(this AnalysisTable table, string column) => [.. table.Rows.Select(row => row[Index(table, column)])];

    internal static double[] Values(this torch.Tensor tensor)
    {
        using var flat = tensor.@double().flatten();
        return flat.data<double>().ToArray();
    }

    private static int Index(AnalysisTable table, string column) => table.Columns.Select(c => c.Name).ToList().IndexOf(column);
}
