namespace Dfx.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public abstract partial class Optimizer
        {
            /// <summary>An optimizer's state.</summary>
            public class StateDictionary
            {
                internal StateDictionary(List<Modules.OptimizerState> state) => State = state;

                /// <summary>One object a parameter, in the order of the parameters.</summary>
                public List<Modules.OptimizerState> State { get; }
            }
        }
    }
}
