namespace Dfx.Sdk;

/// <summary>The host's side of a training run. A method that drives its own loop calls it every step.</summary>
public interface ITrainingHost : IProgressHost
{
    /// <summary>The state that an interrupted run of the same job saved last, or null at a first start.</summary>
    /// <returns>Tensors on the CPU that the caller disposes.</returns>
    TrainingState? LastState();

    /// <summary>Whether enough time has passed since the last state to save one now.</summary>
    bool SaveDue { get; }

    /// <summary>Saves the state from which the run can go on. It replaces the last one at once or not at all.</summary>
    void Save(TrainingState state);

    /// <summary>Keeps a model or a correction as the checkpoint of a fraction of the run; also one that was kept before an interruption.</summary>
    /// <param name="fraction">One of <see cref="TrainingSettings.Checkpoints"/>.</param>
    /// <param name="checkpoint">What a cell of this checkpoint loads.</param>
    /// <param name="average">Which of the settings' moving averages it is made of, from 0.</param>
    void Keep(double fraction, Checkpoint checkpoint, int average = 0);

    /// <summary>What jobs of this plugin, analyses included, share if they have the same data and the same source, such as a source's trajectories.</summary>
    ITensorStore Store { get; }
}
