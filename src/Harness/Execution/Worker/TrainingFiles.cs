using System.Globalization;
using Dfx.Harness.Execution.Models;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>The files of a training job: checkpoints by what of the budget was due and by their average, and the state from which it can go on.</summary>
internal sealed class TrainingFiles(string folder)
{
    /// <summary>The fact of checkpoints, states and parts of collections that tells the seconds until then.</summary>
    internal const string SecondsFact = "dfx-seconds";

    /// <summary>The fact of checkpoints and states that tells what was evaluated until then.</summary>
    internal const string CostFact = "dfx-cost";

    /// <summary>The file of the state, which goes when the job has a result.</summary>
    internal const string StateName = "state.safetensors";

    private string StatePath => Path.Combine(folder, StateName);

    internal static string CheckpointName(long due, int average = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"checkpoint-{due}{(average == 0 ? "" : $"-average-{average + 1}")}.safetensors");

    internal bool HasCheckpoint(long due, int average = 0) => File.Exists(Path.Combine(folder, CheckpointName(due, average)));

    /// <summary>Refuses a training that did not keep a checkpoint.</summary>
    /// <param name="settings">The training.</param>
    /// <param name="due">What of its budget was due.</param>
    /// <param name="who">What was trained, for the message.</param>
    internal void Expect(TrainingSettings settings, long due, string who)
    {
        if (!HasCheckpoint(due))
        {
            throw new InvalidOperationException(
                $"the {who} did not keep its checkpoint at {(settings.Evaluations is null ? "step" : "evaluation")} {due} of {settings.Budget}");
        }
    }

    internal void WriteCheckpoint(long due, int average, Checkpoint checkpoint) =>
        Write(Path.Combine(folder, CheckpointName(due, average)), checkpoint);

    /// <summary>A kept checkpoint; the caller disposes its tensors.</summary>
    internal Checkpoint ReadCheckpoint(long due, int average = 0) => Read(Path.Combine(folder, CheckpointName(due, average)));

    /// <summary>The training seconds until a kept checkpoint.</summary>
    internal double SecondsOf(long due)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, CheckpointName(due)));
        return double.Parse(file.Metadata[SecondsFact], CultureInfo.InvariantCulture);
    }

    /// <summary>What was evaluated until a kept checkpoint; null if it was kept by a host that did not count.</summary>
    internal TrainingCost? CostOf(long due)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, CheckpointName(due)));
        return TrainingCost.Parse(file.Metadata.GetValueOrDefault(CostFact));
    }

    internal void WriteState(Checkpoint state) => Write(StatePath, state);

    /// <summary>The state, or null: one that is damaged is none.</summary>
    internal Checkpoint? ReadState()
    {
        try
        {
            return File.Exists(StatePath) ? Read(StatePath) : null;
        }
        catch (TensorFileException)
        {
            return null;
        }
    }

    internal void DeleteState()
    {
        if (File.Exists(StatePath))
        {
            File.Delete(StatePath);
        }
    }

    private void Write(string path, Checkpoint checkpoint)
    {
        Links.MakeFolder(Path.GetDirectoryName(folder)!, folder);
        Safetensors.SaveSealed(path, checkpoint.Tensors, checkpoint.Facts);
    }

    private static Checkpoint Read(string path)
    {
        Safetensors.Verify(path);
        using var file = SafetensorsFile.Open(path);
        return new(file.Names.ToDictionary(name => name, file.Read, StringComparer.Ordinal), file.Metadata);
    }
}
