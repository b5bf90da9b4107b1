using System.Globalization;
using Dfx.Data.FashionMnist;
using Dfx.Stf.Analyses;

namespace Dfx.Benchmarks.Stf;

/// <summary>What the target adds to the step of a real training: Fashion-MNIST, 128 images a step, the default network.</summary>
internal static class StfOverhead
{
    internal static void Print()
    {
        using var data = new FashionMnistDataset(new()).Open(new(null, Path.GetTempPath()));
        foreach (var precision in (Precision[])[Precision.Bfloat16, Precision.Float32])
        {
            var table = new OverheadAnalysis(new(Steps: 6)).Run(new() { Model = Model(data, precision), Progress = new Silent(), Store = new NoStore() });
            Console.WriteLine($"training step, DDPM++ of 32 channels, multipliers 1, 2, 2, one block, 128x1x28x28, {precision}");
            Console.WriteLine(string.Join("  ", table.Columns.Select(c => c.Name)));
            foreach (var row in table.Rows)
            {
                Console.WriteLine(string.Join("  ", row.Select((cell, i) => Text(cell).PadLeft(table.Columns[i].Name.Length))));
            }
        }
    }

    private static ModelContext Model(IDataSource data, Precision precision) => new()
    {
        Data = data,
        Task = new GenerateTask(),
        Network = new(),
        Device = torch.CPU,
        Precision = precision,
        Seed = 1,
    };

    private static string Text(object? cell) => cell switch
    {
        null => "dsm",
        double number => number.ToString("F4", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };
}
