namespace Dfx.Torch.Modules;

/// <summary>A module of one argument that has nothing to train.</summary>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>
{
    /// <summary>A module with a name for messages.</summary>
    protected ParameterLessModule(string name)
        : base(name)
    {
    }
}
