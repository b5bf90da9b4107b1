using System.Globalization;
using System.Text.Json;
using Dfx.Data.Images;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Exporting;

/// <summary>
/// Writes a cell's samples as other programs read them: a folder of PNG files, and an .npz file with one array <c>arr_0</c> of uint8
/// [N, H, W, C], as guided-diffusion's evaluator takes it.
/// </summary>
internal static class Export
{
    private const string Array = "arr_0";
    private const string Pictures = "images";
    private const string NoFeatures = "no features: those of what they are compared with were not kept; put keep: [samples, features] into the matrix and run it again";

    /// <summary>Writes all that there is; a line about each thing that was written.</summary>
    internal static IEnumerable<string> Write(ResultsFolder results, ExportedCell exported, string folder, bool rgb)
    {
        using var scope = torch.NewDisposeScope();
        var (cell, path) = exported;
        var samples = Samples(path);
        Directory.CreateDirectory(folder);
        List<string> lines = [cell.Identity];
        lines.AddRange(samples.dtype == torch.uint8 ? Images(samples, folder, rgb) : Values(samples, folder));
        lines.Add(Features(results, cell, folder));
        AtomicFile.Write(Path.Combine(folder, "cell.json"), stream => JsonSerializer.Serialize(stream, cell, StoreJson.Default.JobRecord));
        lines.Add($"{Path.Combine(folder, "cell.json")}: what the cell is, and what was measured");
        return lines;
    }

    private static torch.Tensor Samples(string path)
    {
        var samples = Npz.Load(path).GetValueOrDefault("samples");
        return samples is not null && samples.shape is [> 0, > 0, > 0, > 0]
            ? samples
            : throw new UsageException($"{path} is damaged: it has no array 'samples' [N, C, H, W]; remove it and run the matrix again");
    }

    private static IEnumerable<string> Images(torch.Tensor samples, string folder, bool rgb)
    {
        var images = rgb && samples.shape[1] == 1 ? samples.expand(samples.shape[0], 3, samples.shape[2], samples.shape[3]) : samples;
        yield return Arrays(images.permute(0, 2, 3, 1).contiguous(), folder);
        if (images.shape[1] is not (1 or 3))
        {
            yield return $"no PNG files: the images have {images.shape[1]} channels, and PNG files have 1 or 3";
            yield break;
        }

        var pictures = Links.MakeFolder(folder, Path.Combine(folder, Pictures));
        RefuseOthers(pictures, images.shape[0]);
        for (var i = 0; i < images.shape[0]; i++)
        {
            using var image = images.select(0, i);
            Png.Write(Path.Combine(pictures, Name(i)), image);
        }

        yield return $"{pictures}: {images.shape[0]} PNG files";
    }

    /// <summary>Data that are no images leave as they were measured.</summary>
    private static IEnumerable<string> Values(torch.Tensor samples, string folder) => [Arrays(samples, folder), "no PNG files: the data are no images"];

    private static string Arrays(torch.Tensor array, string folder)
    {
        var path = Path.Combine(folder, "samples.npz");
        Npz.Save(path, [new(Array, array)], compress: true);
        return $"{path}: {Array}, {array.dtype} [{string.Join(", ", array.shape)}]";
    }

    private static string Features(ResultsFolder results, JobRecord cell, string folder)
    {
        var (source, target) = (Path.Combine(results.ArtifactsOf(cell.Key), Artifacts.Features), Path.Combine(folder, Artifacts.Features));
        if (!File.Exists(source))
        {
            return NoFeatures;
        }

        using (var file = Npz.Open(source))
        {
            if (!file.Names.Contains("reference"))
            {
                return file.Names.Contains("generated") ? NoFeatures : file.Names.Contains("unavailable")
                    ? $"no features: {string.Join(" ", file.ReadData("unavailable").Strings())}"
                    : throw new UsageException($"{source} is damaged: it has no array 'generated'; remove it and run the matrix again");
            }
        }

        AtomicFile.Copy(source, target);
        return $"{target}: features of the samples (generated) and of what they are compared with (reference)";
    }

    /// <summary>A program that reads a folder reads all of it: another cell's images must not lie there.</summary>
    private static void RefuseOthers(string folder, long count)
    {
        var own = Enumerable.Range(0, (int)count).Select(Name).ToHashSet(StringComparer.Ordinal);
        if (Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(path => !own.Contains(Path.GetFileName(path))) is { } other)
        {
            throw new UsageException($"{other} is not of this cell, and whoever reads the folder would count it: choose another folder with --to, or empty this one");
        }
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{index:d6}.png");
}
