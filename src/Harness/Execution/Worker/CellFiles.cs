using Dfx.Data.Images;
using Dfx.Data.Tasks;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What a cell leaves to look at.</summary>
internal static class CellFiles
{
    private const string Grid = "grid.png";
    private const string Restored = "restored.png";
    private const int GridSide = 8;
    private const int Strips = 8;
    private const int PixelsAcross = 64;

    /// <summary>Writes the files; their names.</summary>
    internal static IReadOnlyList<string> Keep(JobDesk desk, torch.Tensor images, torch.Tensor? truth)
    {
        if (!desk.ModelContext.Data.IsImages || images.shape[1] is not (1 or 3))
        {
            return [];
        }

        using var scope = torch.NewDisposeScope();
        var folder = desk.Results.MakeArtifacts(desk.Job.Key);
        IReadOnlyList<(string Name, torch.Tensor Picture)> pictures = truth is null
            ? [(Grid, Sampled(images))]
            : [(Grid, Compared(desk, images, truth)), (Restored, Sampled(images))];
        foreach (var (name, picture) in pictures)
        {
            Png.Write(Path.Combine(folder, name), picture);
        }

        return [.. pictures.Select(picture => picture.Name)];
    }

    /// <summary>The pictures of an earlier record of the same samples, of which only features are left; their names.</summary>
    internal static IReadOnlyList<string> Copy(JobDesk desk, JobRecord earlier)
    {
        var folder = desk.Results.MakeArtifacts(desk.Job.Key);
        string[] files = [.. ((string[])[Grid, Restored]).Where(name => File.Exists(Path.Combine(desk.Results.ArtifactsOf(earlier.Key), name)))];
        foreach (var name in files.Where(_ => earlier.Key != desk.Job.Key))
        {
            AtomicFile.Copy(Path.Combine(desk.Results.ArtifactsOf(earlier.Key), name), Path.Combine(folder, name));
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
