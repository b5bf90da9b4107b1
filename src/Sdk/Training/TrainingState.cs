namespace Dfx.Sdk;

/// <summary>From where an interrupted training run goes on.</summary>
/// <param name="Step">Steps that are done.</param>
/// <param name="Contents">Weights, averages, the optimizer's moments and whatever else the next step depends on.</param>
public sealed record TrainingState(long Step, Checkpoint Contents);
