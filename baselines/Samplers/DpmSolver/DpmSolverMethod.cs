namespace Dfx.Baselines;

/// <summary>How DPM-Solver reaches its order.</summary>
public enum DpmSolverMethod
{
    /// <summary>Stages within a step; "DPM-Solver-fast", which ends with steps of lower order to use the budget exactly.</summary>
    SingleStep,

    /// <summary>Stages within a step, all steps of one order.</summary>
    SingleStepFixed,

    /// <summary>Estimates of earlier steps, one evaluation a step.</summary>
    Multistep,
}
