namespace Dfx.Torch.Modules
{
    /// <summary>Gradient descent with momentum (Sutskever et al. 2013, in PyTorch's form).</summary>
    public class SGD : OptimizerHelper
    {
        private readonly double _momentum;
        private readonly double _dampening;
        private readonly double _weightDecay;
        private readonly bool _nesterov;
        private readonly bool _maximize;

        /// <summary>An optimizer of those parameters.</summary>
        public SGD(
            IEnumerable<Parameter> parameters,
            double lr,
            double momentum = 0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
            : base(parameters, lr, _ => new State())
        {
            OptimizerCheck.NotNegative(lr, nameof(lr));
            OptimizerCheck.Nesterov(nesterov, momentum, dampening);
            _momentum = OptimizerCheck.NotNegative(momentum, nameof(momentum));
            _weightDecay = OptimizerCheck.NotNegative(weight_decay, nameof(weight_decay));
            _dampening = dampening;
            (_nesterov, _maximize) = (nesterov, maximize);
        }

        private protected override void Step()
        {
            var (parameters, gradients, states) = Ready<State>();
            using (gradients)
            {
                long[] first = [.. states.Select((s, i) => _momentum == 0 || s.Begin(parameters[i]) ? 1L : 0)];
                var buffers = _momentum == 0 ? [] : Handles.Of([.. states.Select(s => s.momentum_buffer!)]);
                NativeResults.Check(Native.dfx_sgd_step(
                    Handles.Of(parameters),
                    gradients.Handles,
                    buffers,
                    buffers.Length,
                    first,
                    parameters.Count,
                    Group.LearningRate,
                    _momentum,
                    _dampening,
                    _weightDecay,
                    _nesterov ? 1 : 0,
                    _maximize ? 1 : 0));
                GC.KeepAlive((parameters, states));
            }
        }

        /// <summary>What is kept for a parameter.</summary>
        public class State : OptimizerState, IDisposable
        {
            /// <summary>The running sum of gradients; null without momentum and before the first step.</summary>
            public Tensor? momentum_buffer;

            internal State()
            {
            }

            /// <summary>Whether this is the first step: a sum that was put here, as by loading, is gone on with.</summary>
            internal bool Begin(Parameter parameter)
            {
                var first = momentum_buffer is null;
                momentum_buffer ??= Zeros(parameter);
                return first;
            }

            /// <summary>Disposes the running sum.</summary>
            public void Dispose()
            {
                momentum_buffer?.Dispose();
                GC.SuppressFinalize(this);
            }
        }
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <inheritdoc cref="Modules.SGD"/>
            public static Modules.SGD SGD(
                IEnumerable<Modules.Parameter> parameters,
                double learningRate,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
