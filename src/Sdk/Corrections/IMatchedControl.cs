namespace Dfx.Sdk;

/// <summary>
/// A control for corrections: the sampler goes all its way, with as many evaluations as it would take to the level of
/// <see cref="ITrainedCorrection.StopIndex"/>, and those of the correction on top. <see cref="ITrainedCorrection.Apply"/> is not called.
/// </summary>
public interface IMatchedControl : ITrainedCorrection
{
    /// <summary>Evaluations of the correction that it stands beside, at least 0.</summary>
    int Evaluations { get; }
}
