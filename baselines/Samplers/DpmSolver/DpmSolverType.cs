namespace Dfx.Baselines;

/// <summary>How DPM-Solver weighs the differences of estimates.</summary>
public enum DpmSolverType
{
    /// <summary>
    /// The weights of the papers and of their code. In multistep runs of order 3 the code takes half of the second derivative, so that
    /// such a run converges with order 2.
    /// </summary>
    DpmSolver,

    /// <summary>The exact integral of the polynomial through the estimates.</summary>
    Taylor,
}
