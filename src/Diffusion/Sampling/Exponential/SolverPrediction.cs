namespace Dfx.Diffusion;

/// <summary>What an exponential integrator takes to change slowly along a trajectory.</summary>
public enum SolverPrediction
{
    /// <summary>The noise (y - D) / sigma, as in DPM-Solver.</summary>
    Noise,

    /// <summary>The clean image D, as in DPM-Solver++.</summary>
    Data,
}
