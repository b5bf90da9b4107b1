namespace Dfx.Sdk;

/// <summary>A model at one point of its training.</summary>
/// <param name="Fraction">Which fraction of the run, in (0, 1].</param>
/// <param name="Step">After how many steps.</param>
/// <param name="Seconds">Training time until then.</param>
/// <param name="Model">The model; the host disposes it.</param>
public sealed record TrainedCheckpoint(double Fraction, int Step, double Seconds, ITrainedModel Model);
