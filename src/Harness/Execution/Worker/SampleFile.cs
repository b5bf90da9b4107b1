using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Execution.Worker;

/// <summary>The file through which a sample job hands its samples to the job that measures them: a metric that takes the process down takes no samples with it.</summary>
internal static class SampleFile
{
    private const string Array = "samples";

    /// <summary>Writes the samples, and leaves them with the session for the worker's next job.</summary>
    internal static void Write(JobDesk desk, torch.Tensor images)
    {
        Npz.Save(Path.Combine(desk.Results.MakeArtifacts(desk.Job.Key), Artifacts.Samples), [new(Array, images)]);
        desk.Session.Carry(desk.Job.Key, images);
    }

    /// <summary>The samples of the job that a cell needs, a new tensor; null if they are not there. Ones that are damaged are made again.</summary>
    internal static torch.Tensor? Read(JobDesk desk)
    {
        if (desk.Session.Carried(desk.Job.Needs[0]) is { } carried)
        {
            return carried.alias();
        }

        if (KeptSamples.Path(desk.Results, desk.Job.Needs[0], desk.Job.Earlier) is not { } path)
        {
            return null;
        }

        try
        {
            using var file = Npz.Open(path);
            var (samples, shape) = (file.Read(Array), desk.ModelContext.Data.Shape);
            return samples.shape.AsSpan().SequenceEqual(shape.Batch(desk.Job.Sampling!.Samples))
                ? samples
                : throw new KeyNotFoundException($"it has samples [{string.Join(", ", samples.shape)}] instead of {desk.Job.Sampling.Samples} of {shape}");
        }
        catch (Exception e) when (e is TensorFileException or KeyNotFoundException)
        {
            Console.Error.WriteLine($"{path} is damaged ({e.Message}): the samples are made again");
            return SampleJob.Again(desk);
        }
    }

    /// <summary>Moves samples that a host of before kept with its cell's record to where sample jobs have them.</summary>
    internal static void Adopt(JobDesk desk)
    {
        var (sample, path) = (desk.Job.Needs[0], KeptSamples.Path(desk.Results, desk.Job.Needs[0], desk.Job.Earlier));
        var target = Path.Combine(desk.Results.ArtifactsOf(sample), Artifacts.Samples);
        if (path is not null && path != target)
        {
            _ = desk.Results.MakeArtifacts(sample);
            File.Move(path, target);
        }
    }

    /// <summary>Removes the samples of a cell that has a result, unless they are kept.</summary>
    internal static void Release(ResultsFolder results, Job cell)
    {
        var file = new FileInfo(Path.Combine(results.ArtifactsOf(cell.Needs[0]), Artifacts.Samples));
        if (file.Exists && !cell.Sampling!.Keep.KeepsSamples(file.Length))
        {
            file.Delete();
            if (!file.Directory!.EnumerateFileSystemInfos().Any())
            {
                file.Directory.Delete();
            }
        }
    }
}
