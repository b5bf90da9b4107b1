namespace Dfx.Torch.Modules;

/// <summary>An optimizer that keeps state for each parameter.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly OptimizerState[] _states;

    private protected OptimizerHelper(IEnumerable<Parameter> parameters, double lr, Func<Parameter, OptimizerState> state)
        : base(parameters, lr) => _states = [.. Group.Parameters.Select(state)];

    /// <summary>The state of each parameter, in the order of the parameters: the live objects, to be saved or written to.</summary>
    public virtual StateDictionary state_dict() => new([.. _states]);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _states.OfType<IDisposable>())
            {
                state.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>The parameters that have a gradient, those gradients and those states. The caller disposes the gradients.</summary>
    private protected (List<Parameter> Parameters, TensorBatch Gradients, List<TState> States) Ready<TState>()
        where TState : OptimizerState
    {
        List<Parameter> parameters = [];
        List<Tensor> gradients = [];
        List<TState> states = [];
        for (var i = 0; i < _states.Length; i++)
        {
            if (Group.Parameters[i].grad is { } grad)
            {
                parameters.Add(Group.Parameters[i]);
                gradients.Add(grad);
                states.Add((TState)_states[i]);
            }
        }

        return (parameters, new TensorBatch(gradients), states);
    }
}

/// <summary>What an optimizer keeps for one parameter.</summary>
public abstract class OptimizerState
{
    private protected OptimizerState()
    {
    }

    private protected static Tensor Zeros(Parameter parameter)
    {
        using var outside = torch.no_grad();
        return torch.zeros_like(parameter).DetachFromDisposeScope();
    }
}
