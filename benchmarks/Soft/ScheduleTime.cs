using System.Diagnostics;
using System.Globalization;
using Dfx.Data.FashionMnist;
using Dfx.SoftDiffusion;

namespace Dfx.Benchmarks.Soft;

/// <summary>How long the schedule of a dataset takes: 256 levels, 1024 images, reading included.</summary>
internal static class ScheduleTime
{
    private const double LimitSeconds = 20;

    internal static void Print(torch.Device device)
    {
        using var grey = new FashionMnistDataset(new()).Open(new(null, Path.GetTempPath()));
        Print("Fashion-MNIST, 1x28x28", grey, device);
        using var colour = new Colours(grey);
        Print("the same in three colours, 3x32x32", colour, device);
    }

    private static void Print(string what, IDataSource data, torch.Device device)
    {
        var options = new SoftOptions();
        var clock = Stopwatch.StartNew();
        var schedule = Scheduler.Of(options, options.Operator(data.Shape), data, device, new NoStore(), new Silent(), CancellationToken.None);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"schedule {what}: {clock.Elapsed.TotalSeconds:F1} s wall, {options.Candidates} levels, {options.ScheduleImages} images, {schedule.Nodes.Length} nodes on {device}; limit {LimitSeconds:F0} s"));
    }

    /// <summary>Three images on black make one of three channels: no dataset of colour pictures is at hand without a download.</summary>
    private sealed class Colours(IDataSource grey) : IDataSource
    {
        private const int Side = 32;

        public DataShape Shape => new(3, Side, Side);

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => true;

        public int Count(Split split) => grey.Count(split) / 3;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
        {
            using var scope = torch.NewDisposeScope();
            int[] all = [.. indices.ToArray().SelectMany(i => (int[])[3 * i, (3 * i) + 1, (3 * i) + 2])];
            var border = (Side - grey.Shape.Height) / 2;
            var padded = torch.nn.functional.pad(grey.Read(split, all), (border, border, border, border), value: -1);
            return scope.MoveToOuter(padded.view(indices.Length, 3, Side, Side));
        }

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("There are no labels.");

        public void Dispose()
        {
        }
    }
}
