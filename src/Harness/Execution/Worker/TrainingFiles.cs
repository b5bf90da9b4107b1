using System.Globalization;
using Dfx.Harness.Execution.Models;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>The files of a training job: checkpoints by their step and average, and the state from which it can go on.</summary>
internal sealed class TrainingFiles(string folder)
{
    /// <summary>The fact of checkpoints and states that tells the training seconds until then.</summary>
    internal const string SecondsFact = "dfx-seconds";

    /// <summary>The fact of checkpoints and states that tells what was evaluated until then.</summary>
    internal const string CostFact = "dfx-cost";

    private string StatePath => Path.Combine(folder, "state.safetensors");

    internal static string CheckpointName(int step, int average = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"checkpoint-{step}{(average == 0 ? "" : $"-average-{average + 1}")}.safetensors");

    internal bool HasCheckpoint(int step, int average = 0) => File.Exists(Path.Combine(folder, CheckpointName(step, average)));

    internal void WriteCheckpoint(int step, int average, Checkpoint checkpoint) =>
        Write(Path.Combine(folder, CheckpointName(step, average)), checkpoint);

    /// <summary>A kept checkpoint; the caller disposes its tensors.</summary>
    internal Checkpoint ReadCheckpoint(int step, int average = 0) => Read(Path.Combine(folder, CheckpointName(step, average)));

    /// <summary>The training seconds until a kept checkpoint.</summary>
    internal double SecondsOf(int step)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, CheckpointName(step)));
        return double.Parse(file.Metadata[SecondsFact], CultureInfo.InvariantCulture);
    }

    /// <summary>What was evaluated until a kept checkpoint; null if it was kept by a host that did not count.</summary>
    internal TrainingCost? CostOf(int step)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, CheckpointName(step)));
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
        Safetensors.Save(path, checkpoint.Tensors, checkpoint.Facts);
    }

    private static Checkpoint Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return new(file.Names.ToDictionary(name => name, file.Read, StringComparer.Ordinal), file.Metadata);
    }
}
