namespace Dfx.Diffusion;

/// <summary>
/// How a Gaussian denoiser is set up: its noise schedule, how its network is preconditioned, which noise levels it is trained at and how
/// they are weighted (Karras et al. 2022, table 1).
/// </summary>
public interface IProcess
{
    /// <summary>The noise schedule.</summary>
    INoiseSchedule Schedule { get; }

    /// <summary>c_skip, c_out, c_in and c_noise.</summary>
    /// <param name="sigma">Noise levels [N], positive; float64 for tables that are exact to 1e-12.</param>
    Coefficients Precondition(torch.Tensor sigma);

    /// <summary>The weight lambda(sigma) of the squared error of D in the loss.</summary>
    /// <param name="sigma">Noise levels [N], positive.</param>
    /// <returns>A new tensor [N] of sigma's dtype.</returns>
    torch.Tensor Weight(torch.Tensor sigma);

    /// <summary>The noise levels of a training step.</summary>
    /// <param name="noise">Random numbers of their own purpose.</param>
    /// <param name="step">The step.</param>
    /// <param name="count">How many.</param>
    /// <returns>A new float64 tensor [count].</returns>
    torch.Tensor TrainingSigmas(StepNoise noise, long step, int count);
}
