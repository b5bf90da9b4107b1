using Dfx.Data.Images;
using Dfx.Data.Tasks;
using Dfx.Harness.Planning;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What a cell leaves to look at, and its samples if the matrix keeps them.</summary>
internal static class CellFiles
{
    private const string Grid = "grid.png";
    private const string Restored = "restored.png";
    private const int GridSide = 8;
    private const int Strips = 8;
    private const int PixelsAcross = 64;

    /// <summary>Writes the files; their names.</summary>
    internal static IReadOnlyList<string> Keep(JobDesk desk, SamplingRun run)
    {
        var folder = desk.Results.MakeArtifacts(desk.Job.Key);
        List<string> files = [];
        if (desk.ModelContext.Data.IsImages && run.Images.shape[1] is 1 or 3)
        {
            using var scope = torch.NewDisposeScope();
            var pictures = run.Truth is { } truth
                ? (IReadOnlyList<(string, torch.Tensor)>)[(Grid, Compared(desk, run.Images, truth)), (Restored, Sampled(run.Images))]
                : [(Grid, Sampled(run.Images))];
            foreach (var (name, picture) in pictures)
            {
                Png.Write(Path.Combine(folder, name), picture);
                files.Add(name);
            }
        }

        if (desk.Job.Sampling!.KeepSamples)
        {
            Npz.Save(Path.Combine(folder, Artifacts.Samples), [new("samples", run.Images)], compress: true);
            files.Add(Artifacts.Samples);
        }

        return files;
    }

    private static torch.Tensor Sampled(torch.Tensor images) => Composed(images.narrow(0, 0, Math.Min(images.shape[0], GridSide * GridSide)), GridSide);

    /// <summary>A row for each of the first images: the truth, what the task observes of it, the mask if it tells one, and what the model made of that.</summary>
    private static torch.Tensor Compared(JobDesk desk, torch.Tensor images, torch.Tensor truth)
    {
        var count = (int)Math.Min(images.shape[0], Strips);
        var condition = new ObservedImages(desk.ModelContext, desk.CellTask).At(0, count).Condition;
        var channels = (int)images.shape[1];
        IEnumerable<torch.Tensor?> seen = condition is null ? [] : [ObservedPicture.Of(condition, channels), ObservedPicture.Mask(condition, channels)];
        List<torch.Tensor> columns =
        [
            truth.narrow(0, 0, count), .. seen.OfType<torch.Tensor>().Select(picture => PixelBytes.Quantize(picture).cpu()), images.narrow(0, 0, count),
        ];
        return Composed(torch.stack(columns, 1).flatten(0, 1), columns.Count);
    }

    private static torch.Tensor Composed(torch.Tensor images, int columns) =>
        ImageGrid.Compose(images, columns, 1, (int)Math.Max(1, PixelsAcross / images.shape[3]));
}
