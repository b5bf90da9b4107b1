namespace Dfx.Diffusion;

/// <summary>A module that draws random numbers in training, such as dropout masks, as a function of the step.</summary>
public interface IStepped
{
    /// <summary>The training loop calls it before every step.</summary>
    /// <param name="step">The step, from 0.</param>
    void AtStep(long step);
}
