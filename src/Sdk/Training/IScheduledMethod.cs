namespace Dfx.Sdk;

/// <summary>A method that knows the noise schedule of its denoisers before it trains one, so that what learns from their trajectories can be checked while a run is planned.</summary>
public interface IScheduledMethod
{
    /// <summary>The schedule that a trained model will have (<see cref="IDenoiser.Schedule"/>): a matter of the options alone.</summary>
    INoiseSchedule Schedule { get; }
}
