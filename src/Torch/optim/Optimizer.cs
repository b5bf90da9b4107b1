using Dfx.Torch.Modules;

namespace Dfx.Torch
{
    public static partial class torch
    {
        /// <summary>Optimizers and learning-rate schedules.</summary>
        public static partial class optim
        {
            /// <summary>What a schedule changes.</summary>
            public interface ILearningRateController
            {
                /// <summary>The learning rate of the next step.</summary>
                double LearningRate { get; set; }

                /// <summary>The learning rate that the optimizer was made with.</summary>
                double InitialLearningRate { get; set; }
            }

            /// <summary>Changes parameters by their gradients. A step over all parameters is one native call.</summary>
            public abstract partial class Optimizer : IDisposable
            {
                private protected Optimizer(IEnumerable<Parameter> parameters, double lr)
                {
                    Group = new ParamGroup(Handles.AsList(parameters), lr);
                    if (Group.Parameters.Contains(null!))
                    {
                        throw new ArgumentNullException(nameof(parameters), "A parameter is null.");
                    }

                    if (Group.Parameters.Count == 0)
                    {
                        throw new ArgumentException("There is no parameter to optimise.", nameof(parameters));
                    }
                }

                /// <summary>The groups of parameters with a learning rate of their own: one.</summary>
                public virtual IEnumerable<ILearningRateController> ParamGroups => [Group];

                private protected ParamGroup Group { get; }

                /// <summary>The parameters.</summary>
                public virtual IEnumerable<Parameter> parameters() => Group.Parameters;

                /// <summary>Changes every parameter that has a gradient. The closure, if any, is called first; its loss is returned.</summary>
                public virtual Tensor? step(Func<Tensor>? closure = null)
                {
                    using var gradients = enable_grad();
                    var loss = closure?.Invoke();
                    Step();
                    return loss;
                }

                /// <summary>Forgets all gradients: one native call.</summary>
                public virtual void zero_grad()
                {
                    NativeResults.Check(Native.dfx_zero_grads(Handles.Of(Group.Parameters), Group.Parameters.Count));
                    GC.KeepAlive(Group);
                }

                /// <summary>Disposes the optimizer's own tensors.</summary>
                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                /// <inheritdoc cref="Dispose()"/>
                protected virtual void Dispose(bool disposing)
                {
                }

                private protected abstract void Step();
            }
        }
    }
}

namespace Dfx.Torch.Modules
{
    /// <summary>Parameters with one learning rate.</summary>
    internal sealed class ParamGroup(IReadOnlyList<Parameter> parameters, double lr) : torch.optim.ILearningRateController
    {
        public double LearningRate { get; set; } = lr;

        public double InitialLearningRate { get; set; } = lr;

        internal IReadOnlyList<Parameter> Parameters { get; } = parameters;
    }
}
