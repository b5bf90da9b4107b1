namespace Dfx.Diffusion;

/// <summary>A module that draws random numbers in training, such as dropout masks, as a function of the step.</summary>
public interface IStepped
{
    /// <summary>The training loop calls it before every evaluation of a loss.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="part">Which part of the step's batch: parts draw the rows that the whole batch's draw has there.</param>
    /// <param name="update">Which of the step's inner updates: no two share a number.</param>
    void AtStep(long step, int part = 0, int update = 0);
}
