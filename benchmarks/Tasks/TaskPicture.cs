using Dfx.Data.FashionMnist;
using Dfx.Data.Images;
using Dfx.Data.Tasks;
using Dfx.Numerics.Noise;

namespace Dfx.Benchmarks.Tasks;

/// <summary>The picture of docs/tasks.md: what every task shows of the same test images, a row a task.</summary>
internal static class TaskPicture
{
    private const int Images = 12;
    private const int Scale = 2;

    private static readonly ITask[] s_tasks =
    [
        new HalfTask(), new CompletionTask(), new ExpandTask(new()), new ThickLineTask(new()), new MediumLineTask(new()), new DeoccludeTask(new()),
    ];

    /// <summary>Writes the picture; the path is printed.</summary>
    internal static void Write(string path)
    {
        var cache = Directory.CreateTempSubdirectory("dfx-");
        try
        {
            using var data = new FashionMnistDataset(new()).Open(new(null, cache.FullName));
            using var scope = torch.NewDisposeScope();
            var clean = data.Read(Split.Test, [.. Enumerable.Range(0, Images)]);
            var rows = s_tasks.Select(task => ObservedPicture.Of(Seen(task, clean, data.Shape), data.Shape.Channels)!).Prepend(clean);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Png.Write(path, ImageGrid.Compose(PixelBytes.Quantize(torch.cat([.. rows])), Images, 1, Scale));
            Console.WriteLine(path);
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    /// <summary>With the random numbers of a run's seed 0.</summary>
    private static Condition Seen(ITask task, torch.Tensor clean, DataShape shape) =>
        task.Observe(new() { Clean = clean, Noise = new(NoiseKey.For(0, "host/task"), 0, Images, shape, torch.CPU) })!;
}
