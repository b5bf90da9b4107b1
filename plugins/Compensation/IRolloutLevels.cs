namespace Dfx.Compensation;

/// <summary>The levels that the rows of a rollout enter at and go down through.</summary>
internal interface IRolloutLevels
{
    /// <summary>Levels at which rows may enter: a new float64 tensor [count] on the run's device.</summary>
    /// <param name="batch">The step's batch, whose random numbers are asked for.</param>
    /// <param name="count">How many rows the pool has.</param>
    torch.Tensor Enter(TrainingBatch batch, int count);

    /// <summary>The levels one step further down; 0 is clean, and rows that reach it are finished.</summary>
    /// <param name="level">[N], float64, positive.</param>
    torch.Tensor Next(torch.Tensor level);

    /// <summary>Their noise levels sigma: [N], float64; 0 at level 0.</summary>
    torch.Tensor Sigma(torch.Tensor level);
}
